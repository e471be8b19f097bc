package dev.ashlar.auth.session;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.token.TokenSigner;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the claims of an access token, in the dialect's order.
public final class AccessTokens {
    private final TokenSigner signer;
    private final AuthConfig config;
    private final ClaimsChange change;

    public AccessTokens(TokenSigner signer, AuthConfig config, ClaimsChange change) {
        this.signer = signer;
        this.config = config;
        this.change = change;
    }

    /// `method` is how the token was come by this time, such as `password` or `token_refresh`.
    public String issue(
            SqlTransaction tx, Account account, Session session, String method, Instant now) {
        return signer.sign(change.apply(tx, account.id(), claims(account, session, now), method));
    }

    private JsonObject claims(Account account, Session session, Instant now) {
        Instant expiry = now.plus(config.tokenLifetime());
        return new JsonObjectBuilder()
                .put("iss", config.issuer())
                .put("sub", account.id().toString())
                .put("aud", account.audience())
                .put("exp", expiry.getEpochSecond())
                .put("iat", now.getEpochSecond())
                .put("email", orEmpty(account.contact().email()))
                .put("phone", orEmpty(account.contact().phone()))
                .put("app_metadata", account.metadata().app())
                .put("user_metadata", account.metadata().user())
                .put("role", account.role())
                .put("aal", session.level())
                .put("amr", methods(session))
                .put("session_id", session.id().toString())
                .put("is_anonymous", account.kind() == Account.Kind.ANONYMOUS)
                .build();
    }

    private static JsonArray methods(Session session) {
        return new JsonArray(
                List.copyOf(session.methods().stream().map(AccessTokens::method).toList()));
    }

    private static JsonObject method(AuthenticationMethod method) {
        return new JsonObjectBuilder()
                .put("method", method.name())
                .put("timestamp", method.at().getEpochSecond())
                .build();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
