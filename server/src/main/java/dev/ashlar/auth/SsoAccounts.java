package dev.ashlar.auth;

import dev.ashlar.auth.SocialAccounts.Arrival;
import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountEdit;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Credential;
import dev.ashlar.auth.account.Identity;
import dev.ashlar.auth.account.IdentityStore;
import dev.ashlar.auth.account.NewAccount;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.hook.HookCall;
import dev.ashlar.auth.saml.SsoProfile;
import dev.ashlar.auth.saml.SsoProvider;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.SignupDisabled;
import dev.ashlar.problem.AuthProblem.UserBanned;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Whose account it is that an identity provider speaks of: the one that it has spoken of before by
/// the same name, and else a new one. Never another with the same address: what an organisation
/// says of addresses is good for its own people, and for nobody who came by another way.
final class SsoAccounts {
    private final AccountStore accounts;
    private final IdentityStore identities = new IdentityStore();
    private final AuthContext context;

    SsoAccounts(AccountStore accounts, AuthContext context) {
        this.accounts = accounts;
        this.context = context;
    }

    Arrival arrive(
            SqlTransaction tx,
            SsoProvider provider,
            SsoProfile profile,
            Visitor visitor,
            Instant now) {
        identities.lock(tx, "identity " + provider.name() + " " + profile.subject());
        return identities
                .find(tx, provider.name(), profile.subject())
                .map(known -> comeBack(tx, known, profile, visitor, now))
                .orElseGet(() -> begin(tx, provider, profile, visitor, now));
    }

    private Arrival comeBack(
            SqlTransaction tx, Identity known, SsoProfile profile, Visitor visitor, Instant now) {
        Optional<Account> found =
                accounts.findToChange(tx, known.accountId())
                        .map(Credential::account)
                        .filter(account -> !account.isDeleted());
        if (found.isEmpty() || found.get().isBannedAt(now)) {
            return new Arrival.Refused(new UserBanned());
        }
        Identity fresh = known.toldAgain(profile.details(), profile.email().text(), now);
        AccountEdit edit =
                AccountEdit.of(found.get(), now).identity(fresh).confirmedEmail(profile.email());
        Account account = withDetails(edit, profile.details()).account();
        accounts.update(tx, account, null);
        return admitted(tx, account, Action.SIGNED_IN, visitor, now);
    }

    private Arrival begin(
            SqlTransaction tx,
            SsoProvider provider,
            SsoProfile profile,
            Visitor visitor,
            Instant now) {
        if (context.config().disableSignup()) {
            return new Arrival.Refused(new SignupDisabled());
        }
        Identity identity =
                new Identity(
                        UUID.randomUUID(),
                        HookCall.freshId(tx),
                        provider.name(),
                        profile.subject(),
                        profile.details(),
                        profile.email().text(),
                        now,
                        now,
                        now);
        Account account =
                NewAccount.withSingleSignOn(
                        identity,
                        context.config().audience(),
                        profile.email(),
                        profile.details(),
                        now);
        NewUserHook.ask(tx, account, visitor, context);
        if (!accounts.insert(tx, account, null)) {
            throw new ProblemException(new Refused(ErrorCode.CONFLICT));
        }
        return admitted(tx, account, Action.SIGNED_UP, visitor, now);
    }

    private Arrival admitted(
            SqlTransaction tx, Account account, Action action, Visitor visitor, Instant now) {
        accounts.recordForeignSignIn(tx, account.id(), now);
        context.audit().record(tx, action, account, visitor, now);
        return new Arrival.Admitted(accounts.find(tx, account.id()).orElseThrow().account());
    }

    /// Metadata has a bound, and the person's own part of it comes first. Claims that the provider
    /// no longer makes go.
    private static AccountEdit withDetails(AccountEdit edit, JsonObject details) {
        JsonObjectBuilder changes = new JsonObjectBuilder().put("custom_claims", JsonNull.NULL);
        details.members().forEach(changes::put);
        try {
            return edit.userMetadata(changes.build());
        } catch (ProblemException _) {
            return edit;
        }
    }
}
