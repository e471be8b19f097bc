package dev.ashlar.auth;

import dev.ashlar.auth.AccountStore.Credential;
import dev.ashlar.auth.AuditStore.Action;
import dev.ashlar.auth.RefreshTokens.Rotation;
import dev.ashlar.auth.SignInOutcome.Refused;
import dev.ashlar.auth.SignInOutcome.SignedIn;
import dev.ashlar.auth.password.PasswordHasher;
import dev.ashlar.auth.password.StoredPassword;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.problem.AuthProblem.CredentialsInvalid;
import dev.ashlar.problem.AuthProblem.EmailNotConfirmed;
import dev.ashlar.problem.AuthProblem.RefreshTokenAlreadyUsed;
import dev.ashlar.problem.AuthProblem.RefreshTokenNotFound;
import dev.ashlar.problem.AuthProblem.UserBanned;
import java.time.Instant;
import java.util.Optional;

/// Exchanges a [Grant] for a session.
public final class SignIn {
    private final SqlDatabase database;
    private final AccountStore accounts;
    private final Sessions sessions;
    private final RefreshTokens refreshTokens;
    private final PasswordHasher hasher;
    private final AuthContext context;

    SignIn(
            SqlDatabase database,
            AccountStore accounts,
            Sessions sessions,
            RefreshTokens refreshTokens,
            PasswordHasher hasher,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.sessions = sessions;
        this.refreshTokens = refreshTokens;
        this.hasher = hasher;
        this.context = context;
    }

    public SignInOutcome with(Grant grant, Visitor visitor) {
        return switch (grant) {
            case Grant.Password password -> withPassword(password, visitor);
            case Grant.Refresh refresh -> withRefresh(refresh, visitor);
        };
    }

    /// The hash is compared between two transactions: it takes tens of milliseconds, for which no
    /// connection should be held.
    private SignInOutcome withPassword(Grant.Password grant, Visitor visitor) {
        context.limits().signIn(visitor, grant.email());
        if (grant.password().length() > PasswordRules.MAX_CHARS) {
            return new Refused(new CredentialsInvalid());
        }
        Optional<Credential> credential =
                database.transaction(tx -> accounts.findByEmail(tx, grant.email()));
        Optional<String> hash = credential.flatMap(c -> Optional.ofNullable(c.passwordHash()));
        boolean fits = hasher.matches(grant.password(), hash.flatMap(StoredPassword::parse));
        if (!fits || credential.isEmpty() || hash.isEmpty()) {
            return new Refused(new CredentialsInvalid());
        }
        Account account = credential.get().account();
        // Told only to those who know the password.
        if (account.isBannedAt(context.now())) {
            return new Refused(new UserBanned());
        }
        if (!account.isConfirmed()) {
            return new Refused(new EmailNotConfirmed());
        }
        return database.transaction(tx -> begin(tx, account, hash.get(), visitor));
    }

    private SignInOutcome begin(
            SqlTransaction tx, Account account, String passwordHash, Visitor visitor) {
        Instant now = context.now();
        if (!accounts.recordSignIn(tx, account.id(), passwordHash, now)) {
            return new Refused(new CredentialsInvalid());
        }
        Account current = accounts.find(tx, account.id()).orElseThrow().account();
        context.audit().record(tx, Action.SIGNED_IN, current, visitor, now);
        return new SignedIn(sessions.start(tx, current, "password", visitor, now));
    }

    private SignInOutcome withRefresh(Grant.Refresh grant, Visitor visitor) {
        context.limits().refresh(visitor);
        return database.transaction(tx -> refresh(tx, grant.token(), visitor));
    }

    private SignInOutcome refresh(SqlTransaction tx, String token, Visitor visitor) {
        Instant now = context.now();
        return switch (refreshTokens.rotate(tx, token, now)) {
            case Rotation.Refused(var problem) -> new Refused(problem);
            case Rotation.Replayed(var session) -> replayed(tx, session, visitor, now);
            case Rotation.Rotated rotated -> continued(tx, rotated, visitor, now);
        };
    }

    private SignInOutcome replayed(
            SqlTransaction tx, Session session, Visitor visitor, Instant now) {
        accounts.find(tx, session.accountId())
                .ifPresent(credential ->
                        context.audit()
                                .record(
                                        tx,
                                        Action.TOKEN_REUSED,
                                        credential.account(),
                                        visitor,
                                        now));
        return new Refused(new RefreshTokenAlreadyUsed());
    }

    private SignInOutcome continued(
            SqlTransaction tx, Rotation.Rotated rotated, Visitor visitor, Instant now) {
        Optional<Account> account =
                accounts.find(tx, rotated.session().accountId()).map(Credential::account);
        if (account.isEmpty() || account.get().isDeleted()) {
            return new Refused(new RefreshTokenNotFound());
        }
        if (account.get().isBannedAt(now)) {
            return new Refused(new UserBanned());
        }
        context.audit().record(tx, Action.REFRESHED, account.get(), visitor, now);
        return new SignedIn(sessions.continued(account.get(), rotated, now));
    }
}
