package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Credential;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.AccountNotice;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.auth.webauthn.Passkey;
import dev.ashlar.auth.webauthn.PasskeyStore;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.UserNotFound;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The passkeys of an account: seen, named and deleted by its owner, seen and deleted by trusted
/// servers, who may do so too while passkeys are switched off.
public final class PasskeyAdmin {
    private static final int MAX_NAME_CHARS = 120;

    private final SqlDatabase database;
    private final AccountStore accounts;
    private final PasskeyStore passkeys;
    private final BearerCheck bearers;
    private final AuthContext context;

    PasskeyAdmin(
            SqlDatabase database,
            AccountStore accounts,
            PasskeyStore passkeys,
            BearerCheck bearers,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.passkeys = passkeys;
        this.bearers = bearers;
        this.context = context;
    }

    public List<Passkey> own(Caller caller) {
        requireEnabled();
        return database.transaction(
                tx -> passkeys.ofAccount(tx, bearers.requireSignedIn(tx, caller).account().id()));
    }

    public Passkey rename(Caller caller, UUID id, String name, Visitor visitor) {
        requireEnabled();
        if (name.isBlank() || name.length() > MAX_NAME_CHARS) {
            throw new ProblemException(
                    new ValidationFailed("friendly_name must have 1 to 120 characters"));
        }
        return database.transaction(tx -> {
            Account account = bearers.requireSignedIn(tx, caller).account();
            Instant now = context.now();
            Optional<Passkey> renamed = passkeys.rename(tx, account.id(), id, name, now);
            if (renamed.isEmpty()) {
                throw unknown();
            }
            context.audit().record(tx, Action.PASSKEY_RENAMED, account, visitor, now);
            return renamed.get();
        });
    }

    public void deleteOwn(Caller caller, UUID id, Visitor visitor) {
        requireEnabled();
        database.transaction(tx -> {
            Account account = bearers.requireSignedIn(tx, caller).requireAssured().account();
            delete(tx, account, id, visitor);
            return id;
        });
    }

    public List<Passkey> of(Caller caller, UUID account) {
        BearerCheck.requireAdmin(caller);
        return database.transaction(tx -> passkeys.ofAccount(tx, require(tx, account).id()));
    }

    public void delete(Caller caller, UUID account, UUID id, Visitor visitor) {
        BearerCheck.requireAdmin(caller);
        database.transaction(tx -> {
            delete(tx, require(tx, account), id, visitor);
            return id;
        });
    }

    private void delete(SqlTransaction tx, Account account, UUID id, Visitor visitor) {
        if (!passkeys.delete(tx, account.id(), id)) {
            throw unknown();
        }
        Instant now = context.now();
        context.news().tell(tx, AccountNotice.PASSKEY_REMOVED, account, "", now);
        context.audit().record(tx, Action.PASSKEY_DELETED, account, visitor, now);
    }

    private Account require(SqlTransaction tx, UUID id) {
        return accounts.find(tx, id)
                .map(Credential::account)
                .orElseThrow(() -> new ProblemException(new UserNotFound()));
    }

    private void requireEnabled() {
        PasskeyRegistration.requireEnabled(context.config().passkeys());
    }

    private static ProblemException unknown() {
        return new ProblemException(
                new AuthProblem.Refused(ErrorCode.WEBAUTHN_CREDENTIAL_NOT_FOUND));
    }
}
