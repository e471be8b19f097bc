package dev.ashlar.auth.social;

import dev.ashlar.auth.outbound.Documents;
import dev.ashlar.auth.outbound.FetchFailed;
import dev.ashlar.auth.outbound.Fetcher.Source;
import dev.ashlar.auth.social.Provider.OpenId;
import dev.ashlar.auth.token.CompactToken;
import dev.ashlar.auth.token.PublicKeys;
import dev.ashlar.auth.token.TokenKey;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonNumber;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Checks id tokens (OpenID Connect Core 1.0, 3.1.3.7): by whom, for whom, until when, and with
/// which key.
final class IdTokens {
    /// Clocks differ by so much.
    private static final long SKEW_SECONDS = 60;

    /// Those of a key pair: with a shared secret whoever knows it could write tokens, and `none`
    /// anybody.
    private static final Set<String> ASYMMETRIC =
            Set.of(
                    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
                    "EdDSA", "Ed25519");

    private static final String TENANT = "{tenantid}";

    private final Documents documents;

    IdTokens(Documents documents) {
        this.documents = documents;
    }

    /// The claims of a good token. `audiences` are the client's ids.
    JsonObject check(String text, OpenId openId, Source source, List<String> audiences, Instant now)
            throws FetchFailed, SocialFailure {
        Metadata metadata = Metadata.find(openId, documents, source);
        CompactToken token = parse(text);
        List<String> offered = metadata.list("id_token_signing_alg_values_supported");
        String algorithm = token.algorithm();
        if (!ASYMMETRIC.contains(algorithm)
                || !(offered.isEmpty() ? List.of("RS256") : offered).contains(algorithm)) {
            throw SocialFailure.badToken("the id token is signed with an algorithm not allowed");
        }
        String keys =
                openId.keysUrl().isPresent()
                        ? openId.keysUrl().get()
                        : metadata.require("jwks_uri");
        if (!isSigned(token, keys, source)) {
            throw SocialFailure.badToken("the signature of the id token does not fit");
        }
        JsonObject claims = claims(token);
        requireIssuer(metadata.issuer(), claims);
        requireAudience(claims, audiences);
        requireTime(claims, now.getEpochSecond());
        return claims;
    }

    /// `at_hash` binds the access token to the id token (Core, 3.1.3.8); providers may leave it
    /// out.
    static void requireHash(JsonObject claims, String accessToken, String idToken)
            throws SocialFailure {
        Optional<String> claimed = claims.findText("at_hash");
        if (claimed.isPresent() && !same(claimed.get(), half(accessToken, algorithm(idToken)))) {
            throw SocialFailure.badToken("the access token is not the one of the id token");
        }
    }

    private static String algorithm(String idToken) throws SocialFailure {
        return parse(idToken).algorithm();
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /// The left half of the hash that goes with the signature's algorithm.
    private static String half(String text, String algorithm) {
        String hash =
                algorithm.endsWith("384")
                        ? "SHA-384"
                        : algorithm.endsWith("256") ? "SHA-256" : "SHA-512";
        try {
            byte[] digest =
                    MessageDigest.getInstance(hash).digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(digest, digest.length / 2));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(hash + " is not available", e);
        }
    }

    private static CompactToken parse(String text) throws SocialFailure {
        try {
            return CompactToken.parse(text);
        } catch (ProblemException _) {
            throw SocialFailure.badToken("the id token cannot be read");
        }
    }

    private static JsonObject claims(CompactToken token) throws SocialFailure {
        try {
            return token.claims().values();
        } catch (ProblemException _) {
            throw SocialFailure.badToken("the claims of the id token cannot be read");
        }
    }

    /// A key that is not known yet may be a new one: then the keys are fetched anew, in bounds.
    private boolean isSigned(CompactToken token, String jwksUri, Source source) throws FetchFailed {
        JsonObject set =
                documents.find(jwksUri, source, keys -> !candidates(token, keys).isEmpty());
        return candidates(token, set).stream().anyMatch(token::isSignedBy);
    }

    private static List<TokenKey> candidates(CompactToken token, JsonObject set) {
        List<TokenKey> keys = new ArrayList<>();
        if (set.find("keys").orElse(JsonNull.NULL) instanceof JsonArray(var elements)) {
            for (var element : elements) {
                if (element instanceof JsonObject jwk && fits(token, jwk)) {
                    key(jwk, token.algorithm()).ifPresent(keys::add);
                }
            }
        }
        return keys;
    }

    private static boolean fits(CompactToken token, JsonObject jwk) {
        return (token.keyId().isEmpty() || token.keyId().equals(jwk.findText("kid")))
                && jwk.findText("use").orElse("sig").equals("sig")
                && jwk.findText("alg").orElse(token.algorithm()).equals(token.algorithm());
    }

    /// Keys may leave their algorithm out; then it is the token's, if it goes with the kind of key.
    private static Optional<TokenKey> key(JsonObject jwk, String algorithm) {
        JsonObjectBuilder named = new JsonObjectBuilder();
        jwk.members()
                .forEach((name, value) -> {
                    // Certificates beside the key are not looked at, and some do not parse.
                    if (!name.startsWith("x5")) {
                        named.put(name, value);
                    }
                });
        try {
            TokenKey key = PublicKeys.parse(Json.write(named.put("alg", algorithm).build()));
            return Optional.of(key).filter(found -> found.algorithm().equals(algorithm));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static void requireIssuer(String issuer, JsonObject claims) throws SocialFailure {
        Optional<String> tenant = Optional.of(claims.findText("tid").orElse(""));
        if (!isIssuer(issuer, claims.findText("iss").orElse(""), tenant)) {
            throw SocialFailure.badToken("the id token is of another issuer");
        }
    }

    /// `tenant` is which of several it was; empty where that is not told, and any may be.
    static boolean isIssuer(String issuer, String named, Optional<String> tenant) {
        // Google writes its issuer with and without the scheme.
        if (issuer.equals("https://accounts.google.com") && named.equals("accounts.google.com")) {
            return true;
        }
        int start = issuer.indexOf(TENANT);
        if (start < 0) {
            return named.equals(issuer);
        }
        String end = issuer.substring(start + TENANT.length());
        String between =
                named.startsWith(issuer.substring(0, start))
                                && named.endsWith(end)
                                && named.length() > start + end.length()
                        ? named.substring(start, named.length() - end.length())
                        : "";
        return between.matches("[0-9a-fA-F-]{36}") && between.equals(tenant.orElse(between));
    }

    private static void requireAudience(JsonObject claims, List<String> ours) throws SocialFailure {
        List<String> named =
                switch (claims.find("aud").orElse(JsonNull.NULL)) {
                    case JsonString(String text) -> List.of(text);
                    case JsonArray(var elements) ->
                            elements.stream()
                                    .map(element ->
                                            element instanceof JsonString(String text) ? text : "")
                                    .toList();
                    default -> List.of();
                };
        Optional<String> party = claims.findText("azp");
        boolean many = named.size() > 1;
        boolean good =
                named.stream().anyMatch(ours::contains)
                        // Google's mobile apps get tokens for the server's id, by their own.
                        && (!many || party.isPresent())
                        && (!many || ours.contains(party.orElse("")));
        if (!good) {
            throw new SocialFailure(
                    ErrorCode.UNEXPECTED_AUDIENCE,
                    "invalid_grant",
                    "Unacceptable audience in id_token");
        }
    }

    private static void requireTime(JsonObject claims, long now) throws SocialFailure {
        long end = second(claims, "exp");
        if (end == 0 || now >= end + SKEW_SECONDS) {
            throw SocialFailure.badToken("the id token has expired");
        }
        if (second(claims, "iat") > now + SKEW_SECONDS
                || second(claims, "nbf") > now + SKEW_SECONDS) {
            throw SocialFailure.badToken("the id token is not valid yet");
        }
    }

    private static long second(JsonObject claims, String name) {
        return claims.find(name).orElse(JsonNull.NULL) instanceof JsonNumber(BigDecimal second)
                ? second.min(BigDecimal.valueOf(Integer.MAX_VALUE * 4L))
                        .max(BigDecimal.ZERO)
                        .longValue()
                : 0;
    }
}
