package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Credential;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.auth.session.RunningSession;
import dev.ashlar.auth.session.Session;
import dev.ashlar.auth.session.SessionStore;
import dev.ashlar.auth.session.SignedIn;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.problem.AuthProblem.SessionNotFound;
import dev.ashlar.problem.AuthProblem.UserNotFound;
import dev.ashlar.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The sessions of an account: seen and ended by its owner, and by trusted servers.
public final class SessionAdmin {
    private final SqlDatabase database;
    private final AccountStore accounts;
    private final SessionStore sessions;
    private final BearerCheck bearers;
    private final AuthContext context;

    SessionAdmin(
            SqlDatabase database,
            AccountStore accounts,
            SessionStore sessions,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.sessions = sessions;
        this.bearers = new BearerCheck(accounts, sessions, context);
        this.context = context;
    }

    /// Sessions that run, the latest first; `current` is the one that the caller's token is of.
    public record Listing(List<RunningSession> sessions, Optional<UUID> current) {}

    public Listing own(Caller caller) {
        return database.transaction(tx -> {
            SignedIn signedIn = bearers.requireSignedIn(tx, caller);
            return new Listing(
                    sessions.running(tx, signedIn.account().id(), context.now()),
                    signedIn.sessionId());
        });
    }

    public void endOwn(Caller caller, UUID session, Visitor visitor) {
        database.transaction(tx -> {
            end(tx, bearers.requireSignedIn(tx, caller).account(), session, visitor);
            return session;
        });
    }

    public Listing of(Caller caller, UUID account) {
        BearerCheck.requireAdmin(caller);
        return database.transaction(tx ->
                new Listing(
                        sessions.running(tx, require(tx, account).id(), context.now()),
                        Optional.empty()));
    }

    public void end(Caller caller, UUID account, UUID session, Visitor visitor) {
        BearerCheck.requireAdmin(caller);
        database.transaction(tx -> {
            end(tx, require(tx, account), session, visitor);
            return session;
        });
    }

    private void end(SqlTransaction tx, Account account, UUID id, Visitor visitor) {
        Session session =
                sessions.lock(tx, id)
                        .filter(found -> found.accountId().equals(account.id()))
                        .orElseThrow(() -> new ProblemException(new SessionNotFound()));
        sessions.end(tx, session.id());
        context.audit().record(tx, Action.SIGNED_OUT, account, visitor, context.now());
    }

    private Account require(SqlTransaction tx, UUID id) {
        return accounts.find(tx, id)
                .map(Credential::account)
                .orElseThrow(() -> new ProblemException(new UserNotFound()));
    }
}
