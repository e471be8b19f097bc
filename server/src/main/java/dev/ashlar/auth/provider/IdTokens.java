package dev.ashlar.auth.provider;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.session.AuthenticationMethod;
import dev.ashlar.auth.session.Delegation;
import dev.ashlar.auth.session.Session;
import dev.ashlar.auth.token.SigningAlgorithm;
import dev.ashlar.auth.token.TokenKeys;
import dev.ashlar.auth.token.TokenSigner;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Tells a client who somebody is and how they have signed in (OpenID Connect Core, 2). Such a
/// token names no session: [dev.ashlar.auth.token.TokenVerifier] lets nobody in with it.
public final class IdTokens {
    private final Supplier<TokenKeys> keys;
    private final String issuer;
    private final Duration lifetime;

    public IdTokens(Supplier<TokenKeys> keys, String issuer, Duration lifetime) {
        this.keys = keys;
        this.issuer = issuer;
        this.lifetime = lifetime;
    }

    /// `session` is the one that the client was given, and `accessToken` one of its tokens.
    public String issue(
            Account account,
            Session session,
            Delegation delegation,
            Optional<String> nonce,
            String accessToken,
            Instant now) {
        // One look: the hash goes with the key that signs.
        TokenKeys present = keys.get();
        JsonObjectBuilder claims = new JsonObjectBuilder().put("iss", issuer);
        PersonClaims.put(claims, account, delegation.scope());
        claims.put("aud", delegation.clientId().toString())
                .put("exp", now.plus(lifetime).getEpochSecond())
                .put("iat", now.getEpochSecond())
                .put("auth_time", session.authenticatedAt().getEpochSecond())
                .put("acr", session.level())
                .put(
                        "amr",
                        new JsonArray(
                                List.copyOf(
                                        session.methods().stream()
                                                .map(AuthenticationMethod::name)
                                                .map(JsonString::new)
                                                .toList())))
                .put("at_hash", halfHash(accessToken, present.signing().algorithm()));
        nonce.ifPresent(text -> claims.put("nonce", text));
        return new TokenSigner(() -> present).sign(claims.build());
    }

    /// The left half of the hash that the signature is made with (3.1.3.6); Ed25519's is SHA-512.
    private static String halfHash(String token, String algorithm) {
        String hash = algorithm.equals(SigningAlgorithm.EdDSA.name()) ? "SHA-512" : "SHA-256";
        try {
            byte[] digest =
                    MessageDigest.getInstance(hash)
                            .digest(token.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(digest, digest.length / 2));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(hash + " is not available", e);
        }
    }
}
