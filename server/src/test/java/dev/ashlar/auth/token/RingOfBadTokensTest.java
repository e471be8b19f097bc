package dev.ashlar.auth.token;

import static dev.ashlar.auth.token.TokenFixtures.NOW;
import static dev.ashlar.auth.token.TokenFixtures.SECRET_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import dev.ashlar.config.ByteSize;
import dev.ashlar.identity.Role;
import dev.ashlar.problem.AuthProblem.TokenInvalid;
import dev.ashlar.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Bad tokens against the keys as a server has them: pairs of all kinds beside the secret that the
/// API keys are signed with. Each shape of badness is tried under each key.
class RingOfBadTokensTest {
    private static final SigningPair EC = SigningAlgorithm.ES256.freshPair();
    private static final SigningPair RSA = SigningAlgorithm.RS256.freshPair();
    private static final SigningPair EDWARDS = SigningAlgorithm.EdDSA.freshPair();
    private static final HmacKey SECRET = new HmacKey(TokenFixtures.SECRET);
    private static final List<SigningPair> PAIRS = List.of(EC, RSA, EDWARDS);
    private static final String CLAIMS =
            "{\"aud\":\"authenticated\",\"role\":\"authenticated\",\"sub\":\"u1\",\"exp\":"
                    + (NOW + 60)
                    + "}";

    private final Map<String, String> bad = new LinkedHashMap<>();
    private final TokenVerifier verifier =
            new TokenVerifier(
                    TokenKeys.of(EC, List.of(SECRET, EC, RSA, EDWARDS)),
                    new TokenRules(
                            Optional.of("authenticated"), RoleClaimPath.parse("role"), Role.ANON),
                    new ByteSize(1 << 20),
                    InstantSource.fixed(Instant.ofEpochSecond(NOW)));

    @Test
    void noneOfAtLeastTwoHundredIsAccepted() {
        PAIRS.forEach(this::underPair);
        confusions();
        BadTokensTest.badTokens().forEach(token -> bad.put("secret: " + token, token.token()));
        List<String> accepted = new ArrayList<>();
        bad.forEach((name, token) -> {
            if (isAccepted(token)) {
                accepted.add(name);
            }
        });
        assertThat(accepted).isEmpty();
        assertThat(verifier.remembered()).isZero();
        assertThat(bad).hasSizeGreaterThanOrEqualTo(300);
    }

    /// What the bad ones are made of is good.
    @Test
    void theGoodOnesAreAccepted() {
        PAIRS.forEach(pair -> assertThat(isAccepted(signed(pair, CLAIMS))).isTrue());
        assertThat(isAccepted(TokenFixtures.token("{\"alg\":\"HS256\"}", CLAIMS))).isTrue();
        // Tokens of the secret carry all sorts of ids.
        assertThat(isAccepted(TokenFixtures.token("{\"alg\":\"HS256\",\"kid\":\"x\"}", CLAIMS)))
                .isTrue();
    }

    private void underPair(SigningPair pair) {
        String name = pair.algorithm() + ": ";
        String header = header(pair);
        for (String claims :
                List.of(
                        claim("\"exp\":" + (NOW - 1)),
                        claim("\"exp\":" + NOW),
                        claim("\"exp\":\"" + (NOW + 60) + "\""),
                        claim("\"exp\":null"),
                        claim("\"exp\":-1"),
                        claim("\"exp\":1,\"exp\":" + (NOW + 60)),
                        claim("\"nbf\":" + (NOW + 31)),
                        claim("\"nbf\":\"now\""),
                        claim("\"iat\":" + (NOW + 31)),
                        claim("\"iat\":[]"),
                        claim("\"aud\":\"other\""),
                        claim("\"aud\":[\"other\"]"),
                        claim("\"aud\":{}"),
                        claim("\"aud\":\"authenticated\",\"aud\":\"authenticated\""),
                        claim("\"sub\":\"u1\",\"sub\":\"u2\""),
                        claim("\"sub\":7"),
                        claim("\"role\":\"none\""),
                        claim("\"role\":\"\""),
                        claim("\"role\":\"anon\",\"r\\u006fle\":\"service_role\""),
                        "[]",
                        "null",
                        "",
                        CLAIMS + CLAIMS,
                        "{\"a\":".repeat(2_000))) {
            bad.put(name + claims, signed(pair, claims));
        }
        for (String bent :
                List.of(
                        "\"kid\":\"\"",
                        "\"kid\":\"../" + pair.id() + "\"",
                        "\"kid\":\"" + pair.id() + " \"",
                        "\"kid\":\"" + pair.id() + "\\u0000\"",
                        "\"kid\":\"" + pair.id().toLowerCase(java.util.Locale.ROOT) + "x\"",
                        "\"kid\":\"' or '1'='1\"",
                        "\"kid\":null",
                        "\"kid\":[\"" + pair.id() + "\"]",
                        "\"kid\":\"" + pair.id() + "\",\"kid\":\"" + pair.id() + "\"",
                        "\"kid\":\"" + pair.id() + "\",\"crit\":[\"kid\"]",
                        "\"kid\":\"" + pair.id() + "\",\"jku\":\"https://a.example/jwks\"",
                        "\"kid\":\"" + pair.id() + "\",\"jwk\":" + pair.publicJwk(),
                        "\"kid\":\"" + pair.id() + "\",\"b64\":false",
                        "\"kid\":\"" + pair.id() + "\",\"cty\":\"JWT\"",
                        "\"kid\":\"" + pair.id() + "\",\"typ\":\"logout+jwt\"",
                        "\"typ\":\"JWT\"")) {
            bad.put(
                    name + bent,
                    signed(pair, "{\"alg\":\"" + pair.algorithm() + "\"," + bent + "}", CLAIMS));
        }
        String good = signed(pair, CLAIMS);
        String input = good.substring(0, good.lastIndexOf('.'));
        byte[] signature = new Base64URL(good.substring(input.length() + 1)).decode();
        for (int cut : List.of(0, 1, signature.length / 2, signature.length - 1)) {
            bad.put(name + "cut to " + cut, input + "." + part(Arrays.copyOf(signature, cut)));
        }
        bad.put(name + "zeros", input + "." + part(new byte[signature.length]));
        bad.put(
                name + "longer",
                input + "." + part(Arrays.copyOf(signature, signature.length + 1)));
        for (int bit : List.of(0, 7, signature.length * 4, signature.length * 8 - 1)) {
            byte[] flipped = signature.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            bad.put(name + "bit " + bit, input + "." + part(flipped));
        }
        for (int end : List.of(good.indexOf('.'), input.length(), input.length() + 1)) {
            bad.put(name + "cut at " + end, good.substring(0, end));
        }
        bad.put(name + "oversized", signed(pair, claim("\"x\":\"" + "x".repeat(20_000) + "\"")));
        bad.put(name + "padded", good + "=");
        bad.put(name + "twice", good + "." + good);
        bad.put(name + "other header", part(header + " ") + good.substring(good.indexOf('.')));
        SigningPair stranger = SigningAlgorithm.valueOf(pair.algorithm()).freshPair();
        bad.put(name + "of a stranger", signed(stranger, CLAIMS));
        bad.put(name + "of a stranger under our id", signed(stranger, header, CLAIMS));
    }

    /// One key in the place of another.
    private void confusions() {
        for (SigningPair pair : PAIRS) {
            for (String algorithm :
                    List.of(
                            "HS256", "HS384", "HS512", "none", "None", "nOnE", "", "ES384",
                            "PS256")) {
                String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + pair.id() + "\"}";
                String name = algorithm + " under the id of " + pair.algorithm();
                bad.put(name + ", unsigned", part(header) + "." + part(CLAIMS) + ".");
                bad.put(name + ", by the pair", signed(pair, header, CLAIMS));
                bad.put(
                        name + ", by the public key",
                        TokenFixtures.token(header, CLAIMS, pair.publicJwk(), "HmacSHA256"));
                bad.put(
                        name + ", by the secret",
                        TokenFixtures.token(header, CLAIMS, SECRET_TEXT, "HmacSHA256"));
            }
            for (SigningPair other : PAIRS) {
                if (other != pair) {
                    bad.put(
                            pair.algorithm() + " as " + other.algorithm(),
                            signed(pair, header(other), CLAIMS));
                    bad.put(
                            pair.algorithm() + " under the id of " + other.algorithm(),
                            signed(
                                    pair,
                                    "{\"alg\":\""
                                            + pair.algorithm()
                                            + "\",\"kid\":\""
                                            + other.id()
                                            + "\"}",
                                    CLAIMS));
                }
            }
        }
    }

    private boolean isAccepted(String token) {
        try {
            verifier.verify(token);
            return true;
        } catch (ProblemException e) {
            assertThat(e.problem()).isInstanceOf(TokenInvalid.class);
            return false;
        }
    }

    /// The good claims with one more, in the place of its namesake if that is not to be double.
    private static String claim(String claim) {
        String name = claim.substring(0, claim.indexOf(':'));
        return switch (name) {
            case "\"exp\"" ->
                    "{\"aud\":\"authenticated\",\"role\":\"authenticated\",\"sub\":\"u1\","
                            + claim
                            + "}";
            case "\"aud\"", "\"sub\"", "\"role\"" -> "{\"exp\":" + (NOW + 60) + "," + claim + "}";
            default -> CLAIMS.substring(0, CLAIMS.length() - 1) + "," + claim + "}";
        };
    }

    private static String header(SigningPair pair) {
        return "{\"alg\":\"" + pair.algorithm() + "\",\"kid\":\"" + pair.id() + "\"}";
    }

    private static String signed(SigningPair pair, String claims) {
        return signed(pair, header(pair), claims);
    }

    private static String signed(SigningPair pair, String header, String claims) {
        String input = part(header) + "." + part(claims);
        return input + "." + part(pair.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String part(String text) {
        return Base64URL.encode(text).toString();
    }

    private static String part(byte[] bytes) {
        return Base64URL.encode(bytes).toString();
    }
}
