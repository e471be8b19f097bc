package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Credential;
import dev.ashlar.auth.account.FactorStore;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.hook.HookEvent;
import dev.ashlar.auth.hook.HookQuestion;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.auth.session.IssuedSession;
import dev.ashlar.auth.session.Sessions;
import dev.ashlar.auth.session.SignedIn;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.SessionNotFound;
import dev.ashlar.problem.AuthProblem.UserOfTokenGone;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.util.Optional;
import java.util.UUID;

/// An answer is checked, the owner's hook is asked, and the session is raised: the same for every
/// kind of second factor.
final class SecondFactorCheck {
    private final SqlDatabase database;
    private final AccountStore accounts;
    private final BearerCheck bearers;
    private final Sessions sessions;
    private final AuthContext context;
    private final FactorStore factors = new FactorStore();

    SecondFactorCheck(
            SqlDatabase database,
            AccountStore accounts,
            BearerCheck bearers,
            Sessions sessions,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.bearers = bearers;
        this.sessions = sessions;
        this.context = context;
    }

    /// Who is signed in, with the account's lock held until the transaction ends.
    record Locked(SignedIn signedIn, Account account) {}

    SignedIn signedIn(SqlTransaction tx, Caller caller) {
        return bearers.requireSignedIn(tx, caller);
    }

    Locked lock(SqlTransaction tx, Caller caller) {
        UUID id = bearers.requireSignedIn(tx, caller).account().id();
        if (accounts.findToChange(tx, id).isEmpty()) {
            throw new ProblemException(new UserOfTokenGone());
        }
        // Read again: whoever held the lock before may have changed factors or the session.
        SignedIn signedIn = bearers.requireSignedIn(tx, caller);
        return new Locked(signedIn, signedIn.account());
    }

    /// What came of an answer. `factor` and `type` are what the hook is told; `factor` raises the
    /// session unless it is empty.
    record Checked(
            Account account,
            UUID session,
            Optional<UUID> factor,
            String type,
            String word,
            boolean fits) {}

    /// Checks an answer. Wrong ones are counted in it, so it is committed in any case.
    @FunctionalInterface
    interface Check {
        Checked in(SqlTransaction tx);
    }

    /// In one transaction, unless there is a hook: whatever the hook does, what was used up and
    /// counted stays so.
    IssuedSession raise(Check check, Visitor visitor) {
        if (!context.hooks().answers(HookEvent.MFA_VERIFICATION_ATTEMPT)) {
            return required(
                    database.transaction(tx -> {
                        Checked checked = check.in(tx);
                        return checked.fits()
                                ? Optional.of(raised(tx, checked, visitor))
                                : Optional.empty();
                    }));
        }
        Checked checked = database.transaction(check::in);
        askHook(checked);
        return required(
                checked.fits()
                        ? Optional.of(database.transaction(tx -> raised(tx, checked, visitor)))
                        : Optional.empty());
    }

    private void askHook(Checked checked) {
        JsonObjectBuilder payload =
                new JsonObjectBuilder()
                        .put("factor_id", checked.factor().map(UUID::toString).orElse(null))
                        .put("factor_type", checked.type())
                        .put("user_id", checked.account().id().toString())
                        .put("valid", checked.fits());
        context.hooks()
                .ask(
                        database,
                        new HookQuestion(HookEvent.MFA_VERIFICATION_ATTEMPT, payload.build()));
    }

    private IssuedSession raised(SqlTransaction tx, Checked checked, Visitor visitor) {
        // Now and no sooner, as the hook may refuse: the factor counts from its first use on.
        checked.factor().ifPresent(factor -> factors.verify(tx, factor, context.now()));
        Account account =
                accounts.find(tx, checked.account().id())
                        .map(Credential::account)
                        .filter(found -> !found.isDeleted() && !found.isBannedAt(context.now()))
                        .orElseThrow(() -> new ProblemException(new UserOfTokenGone()));
        if (checked.factor().isPresent() && account.findFactor(checked.factor().get()).isEmpty()) {
            throw new ProblemException(new AuthProblem.Refused(ErrorCode.MFA_FACTOR_NOT_FOUND));
        }
        context.audit().record(tx, Action.LEVEL_RAISED, account, visitor, context.now());
        return sessions.raise(
                        tx,
                        account,
                        checked.session(),
                        checked.factor(),
                        checked.word(),
                        context.now())
                .orElseThrow(() -> new ProblemException(new SessionNotFound()));
    }

    private static IssuedSession required(Optional<IssuedSession> session) {
        return session.orElseThrow(() ->
                new ProblemException(new AuthProblem.Refused(ErrorCode.MFA_VERIFICATION_FAILED)));
    }
}
