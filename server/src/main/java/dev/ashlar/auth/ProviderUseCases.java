package dev.ashlar.auth;

import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.keys.KeyRing;
import dev.ashlar.auth.link.RedirectAllowList;
import dev.ashlar.auth.provider.IdTokens;
import dev.ashlar.auth.provider.ProviderLimits;
import dev.ashlar.auth.provider.ProviderStores;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;

/// This server as a provider for other applications. Every use case refuses where
/// `auth.oauth-server.enabled` is off.
public record ProviderUseCases(
        OAuthClients clients,
        OAuthAuthorizations authorizations,
        OAuthTokens tokens,
        OAuthGrants grants,
        SqlDatabase database,
        ProviderStores stores,
        AuthContext context) {
    /// Codes are known as used for as long.
    private static final Duration CODES_KEPT = Duration.ofDays(1);

    /// A client that has registered itself and that nobody has agreed to by then is gone.
    private static final Duration UNUSED_KEPT = Duration.ofDays(30);

    static ProviderUseCases create(
            SqlDatabase database,
            AccountStore accounts,
            OAuthTokens.SessionParts parts,
            KeyRing keys,
            RedirectAllowList pages,
            AuthContext context) {
        ProviderStores stores = ProviderStores.create();
        ProviderLimits limits = new ProviderLimits(context);
        BearerCheck bearers = new BearerCheck(accounts, parts.store(), context);
        IdTokens idTokens =
                new IdTokens(keys::keys, context.apiUrl(), context.config().tokenLifetime());
        return new ProviderUseCases(
                new OAuthClients(database, stores.clients(), limits, context),
                new OAuthAuthorizations(database, stores, bearers, pages, limits, context),
                new OAuthTokens(database, stores, accounts, parts, bearers, idTokens, context),
                new OAuthGrants(database, stores, accounts, parts.store(), bearers, context),
                database,
                stores,
                context);
    }

    /// The issuer of ID tokens: where browsers reach the sign-in API.
    public String issuer() {
        return context.apiUrl();
    }

    public void requireEnabled() {
        requireEnabled(context);
    }

    /// Throws away what is over; answers how many rows. Blocks.
    public long sweep() {
        Instant now = context.now();
        return database.transaction(tx ->
                stores.authorizations().deleteExpired(tx, now)
                        + stores.codes().deleteExpired(tx, now.minus(CODES_KEPT))
                        + stores.clients().deleteUnused(tx, now.minus(UNUSED_KEPT)));
    }

    static void requireEnabled(AuthContext context) {
        if (!context.config().oauthServer().enabled()) {
            throw new ProblemException(new Refused(ErrorCode.OAUTH_SERVER_DISABLED));
        }
    }
}
