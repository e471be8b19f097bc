package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountEdit;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.account.Identity;
import dev.ashlar.auth.account.NewAccount;
import dev.ashlar.auth.account.PhoneNumber;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.ProviderName;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.password.PasswordHasher;
import dev.ashlar.auth.password.PasswordRules;
import dev.ashlar.auth.password.StoredPassword;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.auth.transfer.ImportedIdentity;
import dev.ashlar.auth.transfer.ImportedUser;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.StorableJson;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Takes over users of other systems, each in a transaction of its own: whoever is there already,
/// by id, address or number, is left alone, so that an import can be run again.
public final class UserImport {
    private final SqlDatabase database;
    private final AccountStore accounts;
    private final PasswordHasher hasher;
    private final PasswordRules rules;
    private final AuthContext context;

    UserImport(
            SqlDatabase database,
            AccountStore accounts,
            PasswordHasher hasher,
            PasswordRules rules,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.hasher = hasher;
        this.rules = rules;
        this.context = context;
    }

    public enum Outcome {
        ADDED,
        ALREADY_THERE
    }

    /// @throws ProblemException when the user cannot be taken as given
    public Outcome add(Caller caller, ImportedUser user, Visitor visitor) {
        Account account = check(caller, user);
        String hash = hash(user);
        return database.transaction(tx -> {
            if (!accounts.insert(tx, account, hash)) {
                return Outcome.ALREADY_THERE;
            }
            context.audit().record(tx, Action.SIGNED_UP, account, visitor, context.now());
            return Outcome.ADDED;
        });
    }

    /// As it would be added; writes nothing.
    ///
    /// @throws ProblemException when the user cannot be taken as given
    public Account check(Caller caller, ImportedUser user) {
        BearerCheck.requireAdmin(caller);
        if (user.password() != null) {
            rules.check(user.password());
        }
        if (user.passwordHash() != null && StoredPassword.parse(user.passwordHash()).isEmpty()) {
            throw new ProblemException(new ValidationFailed("Unsupported password hash"));
        }
        requireStorable(user.userMetadata());
        requireStorable(user.appMetadata());
        user.identities()
                .forEach(identity -> {
                    requireStorable(identity.details());
                    requireStorable(
                            new JsonObjectBuilder()
                                    .put("provider_id", identity.providerId())
                                    .build());
                });
        UUID id = user.id() == null ? UUID.randomUUID() : user.id();
        Instant created = user.createdAt() == null ? context.now() : user.createdAt();
        List<Identity> identities =
                user.identities().stream().map(one -> identity(id, one, created)).toList();
        AccountEdit edit = AccountEdit.of(started(user, id, identities, created), context.now());
        for (Identity identity : identities) {
            edit = edit.identity(identity);
        }
        PhoneNumber phone = user.phone() == null ? null : PhoneNumber.parse(user.phone());
        if (phone != null && !phone.digits().equals(edit.account().contact().phone())) {
            edit = edit.phoneAt(phone, user.phoneConfirmedAt());
        }
        return edit.appMetadata(user.appMetadata()).bannedUntil(user.bannedUntil()).account();
    }

    /// Whoever has a password signs in by the address, others by what else there is.
    private Account started(
            ImportedUser user, UUID id, List<Identity> identities, Instant created) {
        String audience = context.config().audience();
        EmailAddress email = user.email() == null ? null : EmailAddress.parse(user.email());
        boolean knowsPassword = user.password() != null || user.passwordHash() != null;
        if (!identities.isEmpty() && !knowsPassword) {
            return NewAccount.withIdentity(
                    identities.getFirst(),
                    audience,
                    email,
                    user.emailConfirmedAt(),
                    user.userMetadata(),
                    created);
        }
        if (email != null) {
            return NewAccount.withEmail(
                    id, audience, email, user.emailConfirmedAt(), user.userMetadata(), created);
        }
        if (user.phone() == null) {
            throw new ProblemException(new ValidationFailed("neither e-mail nor phone"));
        }
        return NewAccount.withPhone(
                id,
                audience,
                PhoneNumber.parse(user.phone()),
                user.phoneConfirmedAt(),
                user.userMetadata(),
                created);
    }

    private static Identity identity(UUID account, ImportedIdentity one, Instant created) {
        boolean known =
                ProviderName.find(one.provider()).isPresent()
                        || one.provider().startsWith("custom:")
                        || one.provider().startsWith("sso:");
        if (!known) {
            throw new ProblemException(
                    new ValidationFailed("there is no provider " + one.provider() + " here"));
        }
        String email =
                one.details()
                        .findText("email")
                        .map(text -> text.toLowerCase(Locale.ROOT))
                        .orElse(null);
        return new Identity(
                UUID.randomUUID(),
                account,
                one.provider(),
                one.providerId(),
                one.details(),
                email,
                null,
                created,
                created);
    }

    /// What cannot be read again would break every list that the user is in.
    private static void requireStorable(JsonObject metadata) {
        StorableJson.findFault(metadata)
                .ifPresent(fault -> {
                    throw new ProblemException(new ValidationFailed("Metadata: " + fault));
                });
    }

    private @Nullable String hash(ImportedUser user) {
        return user.password() == null ? user.passwordHash() : hasher.hash(user.password()).text();
    }
}
