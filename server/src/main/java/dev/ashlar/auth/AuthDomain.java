package dev.ashlar.auth;

import dev.ashlar.auth.password.PasswordHasher;
import dev.ashlar.auth.token.TokenKeys;
import dev.ashlar.auth.token.TokenSigner;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.config.Secret;
import java.time.InstantSource;

/// The use cases of sign-in, put together over one database.
public record AuthDomain(
        AuthConfig config,
        SignUp signUp,
        SignIn signIn,
        Accounts accounts,
        AccountAdmin admin,
        PasswordHasher hasher)
        implements AutoCloseable {

    /// `jwtSecret` signs access tokens, and refresh tokens follow from it.
    public static AuthDomain create(
            AuthConfig config, Secret jwtSecret, SqlDatabase database, InstantSource clock) {
        int threads =
                config.passwordThreads() > 0
                        ? config.passwordThreads()
                        : PasswordHasher.threadsFor(
                                Runtime.getRuntime().availableProcessors(),
                                Runtime.getRuntime().maxMemory());
        PasswordHasher hasher = new PasswordHasher(threads, config.passwordQueue());
        TokenKeys keys = TokenKeys.of(jwtSecret);
        AuthContext context =
                new AuthContext(config, new AuthLimits(config, clock), new AuditStore(), clock);
        AccountStore accounts = new AccountStore();
        SessionStore store = new SessionStore();
        RefreshTokens refreshTokens =
                new RefreshTokens(store, new RefreshTokenSecret(jwtSecret), config);
        AccessTokens accessTokens = new AccessTokens(new TokenSigner(() -> keys), config);
        Sessions sessions = new Sessions(store, refreshTokens, accessTokens, config);
        PasswordRules rules = new PasswordRules(config.passwordMinLength());
        return new AuthDomain(
                config,
                new SignUp(database, accounts, sessions, hasher, rules, context),
                new SignIn(database, accounts, sessions, refreshTokens, hasher, context),
                new Accounts(database, accounts, store, hasher, rules, context),
                new AccountAdmin(database, accounts, store, hasher, rules, context),
                hasher);
    }

    @Override
    public void close() {
        hasher.close();
    }
}
