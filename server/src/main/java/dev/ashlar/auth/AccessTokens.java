package dev.ashlar.auth;

import dev.ashlar.auth.token.TokenSigner;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the claims of an access token, in the dialect's order.
final class AccessTokens {
    private final TokenSigner signer;
    private final AuthConfig config;

    AccessTokens(TokenSigner signer, AuthConfig config) {
        this.signer = signer;
        this.config = config;
    }

    String issue(Account account, Session session, Instant now) {
        Instant expiry = now.plus(config.tokenLifetime());
        JsonArray methods =
                new JsonArray(
                        List.of(
                                new JsonObjectBuilder()
                                        .put("method", session.method())
                                        .put("timestamp", session.createdAt().getEpochSecond())
                                        .build()));
        return signer.sign(
                new JsonObjectBuilder()
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
                        .put("amr", methods)
                        .put("session_id", session.id().toString())
                        .put("is_anonymous", account.kind() == Account.Kind.ANONYMOUS)
                        .build());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
