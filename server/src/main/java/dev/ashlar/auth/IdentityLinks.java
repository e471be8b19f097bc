package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountEdit;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Credential;
import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.account.Identity;
import dev.ashlar.auth.account.IdentityStore;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.AccountNotice;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.UserOfTokenGone;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Takes a way to sign in off an account again.
public final class IdentityLinks {
    private final SqlDatabase database;
    private final AccountStore accounts;
    private final IdentityStore identities = new IdentityStore();
    private final SocialLinks links;
    private final BearerCheck bearers;
    private final AuthContext context;

    IdentityLinks(
            SqlDatabase database,
            AccountStore accounts,
            SocialLinks links,
            BearerCheck bearers,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.links = links;
        this.bearers = bearers;
        this.context = context;
    }

    /// One must be left. With the identity goes its address, for another one that is proved, and
    /// with the identity of an address its password.
    public void unlink(Caller caller, UUID identity, Visitor visitor) {
        links.requireAllowed();
        database.transaction(tx -> {
            Instant now = context.now();
            UUID id = bearers.requireSignedIn(tx, caller).requireAssured().account().id();
            Account account =
                    accounts.findToChange(tx, id)
                            .map(Credential::account)
                            .orElseThrow(() -> new ProblemException(new UserOfTokenGone()));
            Identity gone =
                    account.identities().stream()
                            .filter(one -> one.id().equals(identity))
                            .findFirst()
                            .orElseThrow(() -> refused(ErrorCode.IDENTITY_NOT_FOUND));
            if (account.identities().size() == 1) {
                throw refused(ErrorCode.SINGLE_IDENTITY_NOT_DELETABLE);
            }
            AccountEdit edit = AccountEdit.of(account, now).without(gone);
            Account changed = withoutAddressOf(tx, edit, gone).account();
            accounts.update(tx, changed, null);
            identities.delete(tx, gone.id());
            if (gone.provider().equals("email") && account.contact().phone() == null) {
                accounts.dropPassword(tx, id);
            }
            context.news().tell(tx, AccountNotice.IDENTITY_UNLINKED, account, gone.provider(), now);
            context.news().tellMoved(tx, account, changed, now);
            context.audit().record(tx, Action.IDENTITY_UNLINKED, account, visitor, now);
            return account;
        });
    }

    private AccountEdit withoutAddressOf(SqlTransaction tx, AccountEdit edit, Identity gone) {
        String email = edit.account().contact().email();
        List<Identity> rest = edit.account().identities();
        boolean stays =
                email == null
                        || !email.equals(gone.email())
                        || rest.stream().anyMatch(one -> email.equals(one.email()));
        if (stays) {
            return edit;
        }
        Optional<EmailAddress> next =
                rest.stream()
                        .filter(one ->
                                one.email() != null
                                        && one.details()
                                                .find("email_verified")
                                                .equals(Optional.of(JsonBoolean.TRUE)))
                        .flatMap(one -> Optional.ofNullable(one.email()).stream())
                        .map(EmailAddress::parse)
                        .findFirst();
        if (next.isEmpty()) {
            return edit.withoutEmail();
        }
        if (accounts.findByEmail(tx, next.get()).isPresent()) {
            throw refused(ErrorCode.EMAIL_CONFLICT_IDENTITY_NOT_DELETABLE);
        }
        return edit.confirmedEmail(next.get());
    }

    private static ProblemException refused(ErrorCode code) {
        return new ProblemException(new Refused(code));
    }
}
