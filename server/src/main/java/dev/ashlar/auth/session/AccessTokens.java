package dev.ashlar.auth.session;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.token.TokenSigner;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the claims of an access token, in the dialect's order.
public final class AccessTokens {
    private final TokenSigner signer;
    private final AuthConfig config;
    private final String apiUrl;
    private final ClaimsChange change;

    /// `apiUrl` is what the discovery document calls this server: clients look for it in their
    /// tokens (RFC 9068, 4).
    public AccessTokens(TokenSigner signer, AuthConfig config, String apiUrl, ClaimsChange change) {
        this.signer = signer;
        this.config = config;
        this.apiUrl = apiUrl;
        this.change = change;
    }

    /// `method` is how the token was come by this time, such as `password` or `token_refresh`.
    public String issue(
            SqlTransaction tx, Account account, Session session, String method, Instant now) {
        JsonObject claims = change.apply(tx, account.id(), claims(account, session, now), method);
        return session.delegation().isPresent()
                ? signer.sign(claims, "at+jwt")
                : signer.sign(claims);
    }

    private JsonObject claims(Account account, Session session, Instant now) {
        Instant expiry = now.plus(config.tokenLifetime());
        Account told = session.delegation().map(to -> to.limited(account)).orElse(account);
        JsonObjectBuilder claims =
                new JsonObjectBuilder()
                        .put("iss", session.delegation().isPresent() ? apiUrl : config.issuer())
                        .put("sub", account.id().toString())
                        .put("aud", audience(account, session))
                        .put("exp", expiry.getEpochSecond())
                        .put("iat", now.getEpochSecond())
                        .put("email", orEmpty(told.contact().email()))
                        .put("phone", orEmpty(told.contact().phone()))
                        .put("app_metadata", told.metadata().app())
                        .put("user_metadata", told.metadata().user())
                        .put("role", role(account, session))
                        .put("aal", session.level())
                        .put("amr", methods(account, session))
                        .put("session_id", session.id().toString())
                        .put("is_anonymous", account.kind() == Account.Kind.ANONYMOUS);
        session.delegation()
                .ifPresent(to ->
                        claims.put("client_id", to.clientId().toString()).put("scope", to.scope()));
        return claims.build();
    }

    /// A server that a client has named stands beside ours: it too may pass the token on to the
    /// data API.
    private static JsonValue audience(Account account, Session session) {
        JsonString ours = new JsonString(account.audience());
        return session.delegation()
                .flatMap(Delegation::resource)
                .<JsonValue>map(other -> new JsonArray(List.of(ours, new JsonString(other))))
                .orElse(ours);
    }

    /// No client gets more than what policies let through, whoever has agreed.
    private static String role(Account account, Session session) {
        return session.delegation().isPresent() && BearerCheck.isAdmin(account.role())
                ? "authenticated"
                : account.role();
    }

    private static JsonArray methods(Account account, Session session) {
        return new JsonArray(
                List.copyOf(
                        session.methods().stream()
                                .map(method -> method(account, method))
                                .toList()));
    }

    private static JsonObject method(Account account, AuthenticationMethod method) {
        JsonObjectBuilder json =
                new JsonObjectBuilder()
                        .put("method", method.name())
                        .put("timestamp", method.at().getEpochSecond());
        if (method.name().equals(AuthenticationMethod.SAML)) {
            account.findSsoProvider().ifPresent(provider -> json.put("provider", provider));
        }
        return json.build();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
