package dev.ashlar.auth;

import dev.ashlar.auth.SecondFactorCheck.Checked;
import dev.ashlar.auth.SecondFactorCheck.Locked;
import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.AccountNotice;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.factor.RecoveryCodeStore.Status;
import dev.ashlar.auth.factor.RecoveryCodes;
import dev.ashlar.auth.session.IssuedSession;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The recovery codes of the signed-in. They stand in for a second factor, so only who has just
/// given one makes them, makes others, or takes them away.
public final class Recovery {
    private static final String TYPE = "recovery_code";

    private final SqlDatabase database;
    private final SecondFactorCheck check;
    private final RecoveryCodes codes;
    private final FactorRemoval removal;
    private final AuthContext context;

    Recovery(
            SqlDatabase database,
            SecondFactorCheck check,
            RecoveryCodes codes,
            FactorRemoval removal,
            AuthContext context) {
        this.database = database;
        this.check = check;
        this.codes = codes;
        this.removal = removal;
        this.context = context;
    }

    /// A new set and its codes, to be shown this once.
    public record Made(Status status, List<String> codes) {
        @Override
        public String toString() {
            return "Made[]";
        }
    }

    public Made generate(Caller caller, Optional<String> name, Visitor visitor) {
        context.limits().code(visitor);
        return database.transaction(tx -> {
            Account account = assured(tx, caller);
            if (codes.find(tx, account.id()).isPresent()) {
                throw refused(ErrorCode.MFA_VERIFIED_FACTOR_EXISTS);
            }
            Factors.requireFreeName(account, name);
            return make(tx, account, name, visitor);
        });
    }

    /// The codes of before are worth nothing from now on.
    public Made regenerate(Caller caller, Visitor visitor) {
        context.limits().code(visitor);
        return database.transaction(tx -> {
            Account account = assured(tx, caller);
            Status before = require(tx, account);
            return make(tx, account, Optional.ofNullable(before.name()), visitor);
        });
    }

    /// Empty when there are none.
    public Optional<Status> status(Caller caller) {
        return database.transaction(
                tx -> codes.find(tx, check.signedIn(tx, caller).account().id()));
    }

    public IssuedSession verify(Caller caller, String code, Visitor visitor) {
        context.limits().code(visitor);
        return check.raise(tx -> checked(tx, caller, code, visitor), visitor);
    }

    /// The set that was taken away. Sessions that a code of it raised fall back.
    public UUID delete(Caller caller, Visitor visitor) {
        return database.transaction(tx -> {
            Account account = assured(tx, caller);
            UUID id = require(tx, account).id();
            removal.removeRecoveryCodes(tx, account);
            Instant now = context.now();
            context.news().tell(tx, AccountNotice.MFA_FACTOR_UNENROLLED, account, TYPE, now);
            context.audit().record(tx, Action.RECOVERY_CODES_DELETED, account, visitor, now);
            return id;
        });
    }

    private Checked checked(SqlTransaction tx, Caller caller, String code, Visitor visitor) {
        Locked locked = check.lock(tx, caller);
        Account account = locked.account();
        Instant now = context.now();
        require(tx, account);
        boolean fits = codes.use(tx, account.id(), code, now);
        context.audit().record(tx, Action.VERIFICATION_ATTEMPTED, account, visitor, now);
        return new Checked(
                account,
                locked.signedIn().requireSession(),
                Optional.empty(),
                TYPE,
                FactorRemoval.RECOVERY_WORD,
                fits);
    }

    private Made make(SqlTransaction tx, Account account, Optional<String> name, Visitor visitor) {
        Instant now = context.now();
        List<String> made = codes.replace(tx, account.id(), name.orElse(null), now);
        context.news().tell(tx, AccountNotice.MFA_FACTOR_ENROLLED, account, TYPE, now);
        context.audit().record(tx, Action.RECOVERY_CODES_MADE, account, visitor, now);
        return new Made(require(tx, account), made);
    }

    private Account assured(SqlTransaction tx, Caller caller) {
        Locked locked = check.lock(tx, caller);
        locked.signedIn().requireSecondLevel();
        if (!locked.account().hasVerifiedFactor()) {
            throw refused(ErrorCode.MFA_FACTOR_NOT_FOUND);
        }
        return locked.account();
    }

    private Status require(SqlTransaction tx, Account account) {
        return codes.find(tx, account.id())
                .orElseThrow(() -> refused(ErrorCode.MFA_FACTOR_NOT_FOUND));
    }

    private static ProblemException refused(ErrorCode code) {
        return new ProblemException(new Refused(code));
    }
}
