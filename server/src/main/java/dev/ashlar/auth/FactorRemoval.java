package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.Factor;
import dev.ashlar.auth.account.FactorStore;
import dev.ashlar.auth.config.AccountNotice;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.factor.FactorMethods;
import dev.ashlar.auth.factor.RecoveryCodeStore;
import dev.ashlar.auth.session.SessionStore;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;

/// Takes a factor away, and the level of the sessions that it has raised. Recovery codes stand in
/// for factors, so they go with the last one.
final class FactorRemoval {
    /// As `amr` has it.
    static final String RECOVERY_WORD = "mfa/recovery_code";

    private final FactorStore factors = new FactorStore();
    private final RecoveryCodeStore recoveryCodes = new RecoveryCodeStore();
    private final SessionStore sessions;
    private final FactorMethods methods;
    private final AuthContext context;

    FactorRemoval(SessionStore sessions, FactorMethods methods, AuthContext context) {
        this.sessions = sessions;
        this.methods = methods;
        this.context = context;
    }

    void remove(SqlTransaction tx, Account account, Factor factor) {
        Instant now = context.now();
        sessions.lower(tx, account.id(), factor.id(), methods.word(factor.type()), now);
        factors.delete(tx, factor.id());
        if (factor.isVerified()) {
            context.news()
                    .tell(
                            tx,
                            AccountNotice.MFA_FACTOR_UNENROLLED,
                            account,
                            factor.type().word(),
                            now);
        }
        boolean last =
                factor.isVerified()
                        && account.factors().stream()
                                .noneMatch(other ->
                                        other.isVerified() && !other.id().equals(factor.id()));
        if (last) {
            removeRecoveryCodes(tx, account);
        }
    }

    /// False when there were none.
    boolean removeRecoveryCodes(SqlTransaction tx, Account account) {
        sessions.lowerAll(tx, account.id(), RECOVERY_WORD, context.now());
        return recoveryCodes.delete(tx, account.id());
    }
}
