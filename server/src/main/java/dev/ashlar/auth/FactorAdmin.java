package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Credential;
import dev.ashlar.auth.account.Factor;
import dev.ashlar.auth.account.FactorStore;
import dev.ashlar.auth.account.PhoneNumber;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.UserNotFound;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What trusted servers do with the second factors of others: somebody who has lost theirs asks for
/// help.
public final class FactorAdmin {
    private final SqlDatabase database;
    private final AccountStore accounts;
    private final FactorRemoval removal;
    private final AuthContext context;
    private final FactorStore factors = new FactorStore();

    FactorAdmin(
            SqlDatabase database,
            AccountStore accounts,
            FactorRemoval removal,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.removal = removal;
        this.context = context;
    }

    /// What is to be changed; what is empty stays.
    public record Change(Optional<String> name, Optional<PhoneNumber> phone) {}

    public List<Factor> list(Caller caller, UUID account) {
        BearerCheck.requireAdmin(caller);
        return database.transaction(tx ->
                accounts.find(tx, account)
                        .map(Credential::account)
                        .orElseThrow(() -> new ProblemException(new UserNotFound()))
                        .factors());
    }

    public Factor update(Caller caller, UUID id, UUID factorId, Change change, Visitor visitor) {
        BearerCheck.requireAdmin(caller);
        return database.transaction(tx -> {
            Account account = locked(tx, id);
            Factor factor = Factors.require(account, factorId);
            if (!change.name().equals(Optional.ofNullable(factor.name()))) {
                Factors.requireFreeName(account, change.name());
            }
            String phone = change.phone().map(PhoneNumber::digits).orElse(factor.phone());
            requireFreePhone(account, factor, change.phone());
            factors.update(tx, factorId, change.name().orElse(factor.name()), phone, context.now());
            context.audit().record(tx, Action.FACTOR_CHANGED, account, visitor, context.now());
            return Factors.require(locked(tx, id), factorId);
        });
    }

    /// The factor as it was.
    public Factor delete(Caller caller, UUID id, UUID factorId, Visitor visitor) {
        BearerCheck.requireAdmin(caller);
        return database.transaction(tx -> {
            Account account = locked(tx, id);
            Factor factor = Factors.require(account, factorId);
            removal.remove(tx, account, factor);
            context.audit().record(tx, Action.FACTOR_DELETED, account, visitor, context.now());
            return factor;
        });
    }

    private static void requireFreePhone(
            Account account, Factor factor, Optional<PhoneNumber> phone) {
        if (phone.isEmpty()) {
            return;
        }
        if (factor.type() != Factor.Type.PHONE) {
            throw new ProblemException(
                    new ValidationFailed("Only a factor of type phone has a phone"));
        }
        boolean taken =
                account.factors().stream()
                        .anyMatch(other ->
                                !other.id().equals(factor.id())
                                        && phone.get().digits().equals(other.phone()));
        if (taken) {
            throw new ProblemException(new Refused(ErrorCode.MFA_VERIFIED_FACTOR_EXISTS));
        }
    }

    private Account locked(SqlTransaction tx, UUID id) {
        return accounts.findToChange(tx, id)
                .map(Credential::account)
                .orElseThrow(() -> new ProblemException(new UserNotFound()));
    }
}
