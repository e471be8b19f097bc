package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountEdit;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Credential;
import dev.ashlar.auth.account.AdminChange;
import dev.ashlar.auth.account.AdminChange.Confirmation;
import dev.ashlar.auth.account.AdminChange.PasswordChoice;
import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.account.NewAccount;
import dev.ashlar.auth.account.PhoneNumber;
import dev.ashlar.auth.account.UniqueViolation;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.AccountNotice;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.password.PasswordHasher;
import dev.ashlar.auth.password.PasswordRules;
import dev.ashlar.auth.password.StoredPassword;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.auth.session.SessionStore;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.EmailExists;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.UserNotFound;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What trusted servers do with anybody's account. Every method asks first whether the caller is
/// one.
public final class AccountAdmin {
    private final SqlDatabase database;
    private final AccountStore accounts;
    private final SessionStore sessions;
    private final PasswordHasher hasher;
    private final PasswordRules rules;
    private final AuthContext context;

    AccountAdmin(
            SqlDatabase database,
            AccountStore accounts,
            SessionStore sessions,
            PasswordHasher hasher,
            PasswordRules rules,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.sessions = sessions;
        this.hasher = hasher;
        this.rules = rules;
        this.context = context;
    }

    /// Some accounts, and how many there are in all.
    public record Page(List<Account> accounts, long total) {}

    /// What is left of a deleted account: nothing, or a row without anything personal.
    public enum Deletion {
        HARD,
        SOFT
    }

    public Page list(Caller caller, long offset, int limit) {
        BearerCheck.requireAdmin(caller);
        return database.transaction(
                tx -> new Page(accounts.page(tx, offset, limit), accounts.count(tx)));
    }

    public Account require(Caller caller, UUID id) {
        BearerCheck.requireAdmin(caller);
        return database.transaction(tx -> existing(tx, id));
    }

    public Optional<Account> findByEmail(Caller caller, EmailAddress email) {
        BearerCheck.requireAdmin(caller);
        return database.transaction(tx -> accounts.findByEmail(tx, email).map(Credential::account));
    }

    public Account create(Caller caller, AdminChange wanted, Visitor visitor) {
        BearerCheck.requireAdmin(caller);
        EmailAddress email = wanted.email();
        PhoneNumber phone = wanted.phone();
        if (email == null && phone == null) {
            throw invalid("Cannot create a user without either an email or phone");
        }
        String hash = hash(wanted.password());
        UUID id = wanted.id() == null ? UUID.randomUUID() : wanted.id();
        return database.transaction(tx -> {
            Instant now = context.now();
            Account fresh = fresh(id, email, phone, wanted, now);
            Account account = edit(AccountEdit.of(fresh, now), wanted).account();
            if (!accounts.insert(tx, account, hash)) {
                boolean taken = phone != null && accounts.findByPhone(tx, phone).isPresent();
                throw new ProblemException(
                        taken ? new Refused(ErrorCode.PHONE_EXISTS) : new EmailExists());
            }
            context.audit().record(tx, Action.SIGNED_UP, account, visitor, now);
            return account;
        });
    }

    public Account update(Caller caller, UUID id, AdminChange wanted, Visitor visitor) {
        BearerCheck.requireAdmin(caller);
        String hash = hash(wanted.password());
        try {
            return database.transaction(tx -> apply(tx, id, wanted, hash, visitor));
        } catch (ProblemException e) {
            if (UniqueViolation.causes(e)) {
                throw new ProblemException(new EmailExists(), e);
            }
            throw e;
        }
    }

    public void delete(Caller caller, UUID id, Deletion deletion, Visitor visitor) {
        BearerCheck.requireAdmin(caller);
        database.transaction(tx -> {
            Account account = existing(tx, id);
            Instant now = context.now();
            switch (deletion) {
                case HARD -> accounts.delete(tx, id);
                case SOFT -> {
                    sessions.endAll(tx, id);
                    accounts.erase(tx, id, now);
                }
            }
            context.audit().record(tx, Action.ACCOUNT_DELETED, account, visitor, now);
            return account;
        });
    }

    /// With one name or both.
    private Account fresh(
            UUID id,
            @Nullable EmailAddress email,
            @Nullable PhoneNumber phone,
            AdminChange wanted,
            Instant now) {
        String audience = context.config().audience();
        Instant emailAt = wanted.confirmation() == Confirmation.CONFIRMED ? now : null;
        Instant phoneAt = wanted.phoneConfirmation() == Confirmation.CONFIRMED ? now : null;
        if (email == null) {
            PhoneNumber number = Objects.requireNonNull(phone);
            return NewAccount.withPhone(id, audience, number, phoneAt, JsonObject.EMPTY, now);
        }
        Account byEmail = NewAccount.withEmail(id, audience, email, emailAt, JsonObject.EMPTY, now);
        return phone == null
                ? byEmail
                : AccountEdit.of(byEmail, now).phoneAt(phone, phoneAt).account();
    }

    private Account apply(
            SqlTransaction tx,
            UUID id,
            AdminChange wanted,
            @Nullable String hash,
            Visitor visitor) {
        Account account =
                accounts.findToChange(tx, id)
                        .map(Credential::account)
                        .orElseThrow(() -> new ProblemException(new UserNotFound()));
        if (hash != null || wanted.email() != null || wanted.phone() != null) {
            Accounts.requireOwn(account);
        }
        Instant now = context.now();
        AccountEdit edit = AccountEdit.of(account, now);
        EmailAddress email = wanted.email();
        if (email != null && !email.text().equals(account.contact().email())) {
            edit = edit.email(email);
        }
        PhoneNumber phone = wanted.phone();
        if (phone != null && !phone.digits().equals(account.contact().phone())) {
            if (accounts.findByPhone(tx, phone).isPresent()) {
                throw new ProblemException(new Refused(ErrorCode.PHONE_EXISTS));
            }
            edit = edit.phone(phone);
        }
        Account changed = edit(edit, wanted).account();
        accounts.update(tx, changed, hash);
        if (hash != null || changed.isBannedAt(now)) {
            sessions.endAll(tx, id);
        }
        if (hash != null) {
            context.news().tell(tx, AccountNotice.PASSWORD_CHANGED, account, "", now);
        }
        context.news().tellMoved(tx, account, changed, now);
        context.audit().record(tx, Action.ACCOUNT_CHANGED, changed, visitor, now);
        return changed;
    }

    private static AccountEdit edit(AccountEdit start, AdminChange wanted) {
        AccountEdit edit = start;
        if (wanted.confirmation() == Confirmation.CONFIRMED) {
            edit = edit.confirmed();
        }
        if (wanted.phoneConfirmation() == Confirmation.CONFIRMED) {
            edit = edit.phoneConfirmed();
        }
        if (wanted.userMetadata() != null) {
            edit = edit.userMetadata(wanted.userMetadata());
        }
        if (wanted.appMetadata() != null) {
            edit = edit.appMetadata(wanted.appMetadata());
        }
        if (wanted.role() != null) {
            edit = edit.role(wanted.role());
        }
        Duration ban = wanted.ban();
        return ban == null ? edit : edit.bannedUntil(ban.isZero() ? null : edit.now().plus(ban));
    }

    private @Nullable String hash(@Nullable PasswordChoice choice) {
        return switch (choice) {
            case null -> null;
            case PasswordChoice.Plain(String password) -> {
                rules.check(password);
                yield hasher.hash(password).text();
            }
            case PasswordChoice.Hashed(String hash) ->
                    StoredPassword.parse(hash)
                            .orElseThrow(() -> invalid("Unsupported password hash"))
                            .text();
        };
    }

    private Account existing(SqlTransaction tx, UUID id) {
        return accounts.find(tx, id)
                .map(Credential::account)
                .orElseThrow(() -> new ProblemException(new UserNotFound()));
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
