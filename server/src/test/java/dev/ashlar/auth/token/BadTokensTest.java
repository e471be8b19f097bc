package dev.ashlar.auth.token;

import static dev.ashlar.auth.token.TokenFixtures.HEADER;
import static dev.ashlar.auth.token.TokenFixtures.NOW;
import static dev.ashlar.auth.token.TokenFixtures.SECRET_TEXT;
import static dev.ashlar.auth.token.TokenFixtures.sign;
import static dev.ashlar.auth.token.TokenFixtures.token;
import static dev.ashlar.auth.token.TokenFixtures.verifier;
import static dev.ashlar.problem.AuthProblem.TokenFault.ALGORITHM_NOT_ALLOWED;
import static dev.ashlar.problem.AuthProblem.TokenFault.BAD_AUDIENCE;
import static dev.ashlar.problem.AuthProblem.TokenFault.BAD_CLAIMS;
import static dev.ashlar.problem.AuthProblem.TokenFault.BAD_SIGNATURE;
import static dev.ashlar.problem.AuthProblem.TokenFault.EMPTY;
import static dev.ashlar.problem.AuthProblem.TokenFault.EXPIRED;
import static dev.ashlar.problem.AuthProblem.TokenFault.ISSUED_IN_FUTURE;
import static dev.ashlar.problem.AuthProblem.TokenFault.MALFORMED;
import static dev.ashlar.problem.AuthProblem.TokenFault.NOT_A_NUMBER;
import static dev.ashlar.problem.AuthProblem.TokenFault.NOT_YET_VALID;
import static dev.ashlar.problem.AuthProblem.TokenFault.WRONG_AUDIENCE;
import static dev.ashlar.problem.AuthProblem.TokenFault.WRONG_PARTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.nimbusds.jose.util.Base64URL;
import dev.ashlar.identity.Role;
import dev.ashlar.problem.AuthProblem.TokenFault;
import dev.ashlar.problem.AuthProblem.TokenInvalid;
import dev.ashlar.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tokens that must not be accepted, each with the fault it is refused for.
class BadTokensTest {
    private static final String CLAIMS = claims("\"sub\":\"u1\"");
    private static final String GOOD = token(HEADER, CLAIMS);

    record Bad(String name, String token, TokenFault fault) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Bad> badTokens() {
        List<Bad> bad = new ArrayList<>();
        bad.addAll(shapes());
        bad.addAll(headers());
        bad.addAll(signatures());
        bad.addAll(badClaims());
        return bad;
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void isRefused(Bad bad) {
        TokenVerifier verifier =
                verifier(
                        new TokenRules(
                                Optional.of("authenticated"),
                                RoleClaimPath.parse("role"),
                                Role.ANON));
        assertThatThrownBy(() -> verifier.verify(bad.token()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem())
                                        .isInstanceOfSatisfying(
                                                TokenInvalid.class,
                                                problem ->
                                                        assertThat(problem.fault())
                                                                .isEqualTo(bad.fault())));
        assertThat(verifier.remembered()).isZero();
    }

    @Test
    void theSetIsLargeAndItsModelIsGood() {
        assertThat(badTokens()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(verifier(TokenRules.DEFAULT).verify(GOOD).role())
                .isEqualTo(new Role("authenticated"));
    }

    /// Whatever one character of a good token is changed to, it is no longer good.
    @Test
    void everyChangedCharacterIsRefused() {
        TokenVerifier verifier = verifier(TokenRules.DEFAULT);
        for (int i = 0; i < GOOD.length(); i++) {
            for (char c : "Ab0-_.=+/ é\0".toCharArray()) {
                if (GOOD.charAt(i) != c) {
                    assertRefused(verifier, GOOD.substring(0, i) + c + GOOD.substring(i + 1));
                }
            }
            assertRefused(verifier, GOOD.substring(0, i));
        }
    }

    private static void assertRefused(TokenVerifier verifier, String token) {
        try {
            verifier.verify(token);
        } catch (ProblemException e) {
            assertThat(e.problem()).isInstanceOf(TokenInvalid.class);
            return;
        }
        fail("accepted " + token);
    }

    private static List<Bad> shapes() {
        String[] part = GOOD.split("\\.");
        return List.of(
                new Bad("empty", "", EMPTY),
                new Bad("one part", part[0], WRONG_PARTS),
                new Bad("two parts", part[0] + "." + part[1], WRONG_PARTS),
                new Bad("no signature", part[0] + "." + part[1] + ".", MALFORMED),
                new Bad("no payload", part[0] + ".." + part[2], MALFORMED),
                new Bad("no header", "." + part[1] + "." + part[2], MALFORMED),
                new Bad("four parts", GOOD + "." + part[2], WRONG_PARTS),
                new Bad("five parts, encrypted", GOOD + ".a.b", WRONG_PARTS),
                new Bad("only dots", "..", MALFORMED),
                new Bad("padded", GOOD + "=", MALFORMED),
                new Bad("leading space", " " + GOOD, MALFORMED),
                new Bad("trailing space", GOOD + " ", MALFORMED),
                new Bad("line break inside", part[0] + "\n." + part[1] + "." + part[2], MALFORMED),
                new Bad("standard alphabet", GOOD + "+/", MALFORMED),
                new Bad("stray bits", lastBitFlipped(GOOD), MALFORMED),
                new Bad("not base64", "a.b$.c", MALFORMED),
                new Bad("a scheme before it", "Bearer " + GOOD, MALFORMED),
                new Bad("beyond the size limit", oversized(), MALFORMED),
                new Bad("JSON serialization", "{\"payload\":\"e30\"}", WRONG_PARTS));
    }

    private static List<Bad> headers() {
        return List.of(
                header("alg none", "{\"alg\":\"none\"}", ALGORITHM_NOT_ALLOWED),
                header("alg None", "{\"alg\":\"None\"}", ALGORITHM_NOT_ALLOWED),
                header("alg hs256", "{\"alg\":\"hs256\"}", ALGORITHM_NOT_ALLOWED),
                header("alg empty", "{\"alg\":\"\"}", ALGORITHM_NOT_ALLOWED),
                header("alg RS256", "{\"alg\":\"RS256\"}", ALGORITHM_NOT_ALLOWED),
                header("alg ES256", "{\"alg\":\"ES256\"}", ALGORITHM_NOT_ALLOWED),
                header("alg EdDSA", "{\"alg\":\"EdDSA\"}", ALGORITHM_NOT_ALLOWED),
                header("alg PS256", "{\"alg\":\"PS256\"}", ALGORITHM_NOT_ALLOWED),
                header("alg HS384, signed HS256", "{\"alg\":\"HS384\"}", ALGORITHM_NOT_ALLOWED),
                header("alg A128KW", "{\"alg\":\"A128KW\"}", ALGORITHM_NOT_ALLOWED),
                new Bad(
                        "signed HS384",
                        token("{\"alg\":\"HS384\"}", CLAIMS, SECRET_TEXT, "HmacSHA384"),
                        ALGORITHM_NOT_ALLOWED),
                new Bad(
                        "signed HS512",
                        token("{\"alg\":\"HS512\"}", CLAIMS, SECRET_TEXT, "HmacSHA512"),
                        ALGORITHM_NOT_ALLOWED),
                header("no alg", "{\"typ\":\"JWT\"}", MALFORMED),
                header("alg null", "{\"alg\":null}", MALFORMED),
                header("alg a number", "{\"alg\":1}", MALFORMED),
                header("alg a list", "{\"alg\":[\"HS256\"]}", MALFORMED),
                header("alg twice", "{\"alg\":\"none\",\"alg\":\"HS256\"}", MALFORMED),
                header("header a list", "[\"HS256\"]", MALFORMED),
                header("header not JSON", "alg=HS256", MALFORMED),
                header("header with a tail", HEADER + "{}", MALFORMED),
                header("typ another kind", "{\"alg\":\"HS256\",\"typ\":\"dpop+jwt\"}", MALFORMED),
                header("typ a number", "{\"alg\":\"HS256\",\"typ\":1}", MALFORMED),
                header("nested", "{\"alg\":\"HS256\",\"cty\":\"JWT\"}", MALFORMED),
                header("kid a number", "{\"alg\":\"HS256\",\"kid\":1}", MALFORMED),
                header("kid null", "{\"alg\":\"HS256\",\"kid\":null}", MALFORMED),
                header("crit", "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}", MALFORMED),
                header("crit empty", "{\"alg\":\"HS256\",\"crit\":[]}", MALFORMED),
                header("b64", "{\"alg\":\"HS256\",\"b64\":false}", MALFORMED),
                header("zip", "{\"alg\":\"HS256\",\"zip\":\"DEF\"}", MALFORMED),
                header("jku", "{\"alg\":\"HS256\",\"jku\":\"https://a.example/k\"}", MALFORMED),
                header("x5u", "{\"alg\":\"HS256\",\"x5u\":\"https://a.example/c\"}", MALFORMED),
                header("x5c", "{\"alg\":\"HS256\",\"x5c\":[\"MII\"]}", MALFORMED),
                header(
                        "jwk",
                        "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"YQ\"}}",
                        MALFORMED));
    }

    private static List<Bad> signatures() {
        String input = GOOD.substring(0, GOOD.lastIndexOf('.'));
        String signature = GOOD.substring(GOOD.lastIndexOf('.') + 1);
        String otherPayload = Base64URL.encode(claims("\"sub\":\"u2\"")).toString();
        return List.of(
                new Bad(
                        "another secret",
                        token(HEADER, CLAIMS, "another-secret-that-is-32-bytes-long", "HmacSHA256"),
                        BAD_SIGNATURE),
                new Bad("the empty secret's twin", sign(input, "\0", "HmacSHA256"), BAD_SIGNATURE),
                new Bad(
                        "payload exchanged",
                        Base64URL.encode(HEADER) + "." + otherPayload + "." + signature,
                        BAD_SIGNATURE),
                new Bad("signature cut", input + "." + signature.substring(0, 40), BAD_SIGNATURE),
                new Bad("signature of one byte", input + ".AA", BAD_SIGNATURE),
                new Bad("signature of zeros", input + "." + "A".repeat(43), BAD_SIGNATURE),
                new Bad(
                        "signature lengthened",
                        input + "." + signature.substring(0, 40) + "A".repeat(20),
                        BAD_SIGNATURE),
                new Bad(
                        "kid as a path",
                        token(
                                "{\"alg\":\"HS256\",\"kid\":\"../../dev/null\"}",
                                CLAIMS,
                                "\0",
                                "HmacSHA256"),
                        BAD_SIGNATURE),
                new Bad(
                        "kid as SQL",
                        token(
                                "{\"alg\":\"HS256\",\"kid\":\"' union select 'k\"}",
                                CLAIMS,
                                "k",
                                "HmacSHA256"),
                        BAD_SIGNATURE));
    }

    private static List<Bad> badClaims() {
        return List.of(
                payload("expired", "{\"exp\":" + (NOW - 1) + "}", EXPIRED),
                payload("expires now", "{\"exp\":" + NOW + "}", EXPIRED),
                payload("expired long ago", "{\"exp\":0}", EXPIRED),
                payload("expired, fraction", "{\"exp\":" + (NOW - 1) + ".5}", EXPIRED),
                payload("expired, tiny", "{\"exp\":1e-999999999}", EXPIRED),
                payload("exp negative", "{\"exp\":-1}", BAD_CLAIMS),
                payload("exp a text", "{\"exp\":\"2999999999\"}", NOT_A_NUMBER),
                payload("exp null", "{\"exp\":null}", NOT_A_NUMBER),
                payload("exp true", "{\"exp\":true}", NOT_A_NUMBER),
                payload("exp twice", "{\"exp\":1,\"exp\":2999999999}", BAD_CLAIMS),
                payload("not yet", "{\"nbf\":" + (NOW + 31) + "}", NOT_YET_VALID),
                payload("not for ages", "{\"nbf\":1e999999999}", NOT_YET_VALID),
                payload("nbf a text", "{\"nbf\":\"0\"}", NOT_A_NUMBER),
                payload("issued in future", "{\"iat\":" + (NOW + 31) + "}", ISSUED_IN_FUTURE),
                payload("iat a list", "{\"iat\":[1]}", NOT_A_NUMBER),
                payload("another audience", "{\"aud\":\"other\"}", WRONG_AUDIENCE),
                payload("audience in other case", "{\"aud\":\"Authenticated\"}", WRONG_AUDIENCE),
                payload("other audiences", "{\"aud\":[\"a\",\"b\"]}", WRONG_AUDIENCE),
                payload("aud a number", "{\"aud\":1}", BAD_AUDIENCE),
                payload("aud an object", "{\"aud\":{}}", BAD_AUDIENCE),
                payload("aud with a number", "{\"aud\":[\"authenticated\",1]}", BAD_AUDIENCE),
                payload("role empty", "{\"role\":\"\"}", BAD_CLAIMS),
                payload("role of the login", "{\"role\":\"none\"}", BAD_CLAIMS),
                payload("role a number", "{\"role\":1}", BAD_CLAIMS),
                payload("role a list", "{\"role\":[\"service_role\"]}", BAD_CLAIMS),
                payload("role too long", "{\"role\":\"" + "r".repeat(64) + "\"}", BAD_CLAIMS),
                payload("role with NUL", "{\"role\":\"a\\u0000b\"}", BAD_CLAIMS),
                payload("role twice", "{\"role\":\"anon\",\"role\":\"service_role\"}", BAD_CLAIMS),
                payload(
                        "role twice, once escaped",
                        "{\"role\":\"anon\",\"r\\u006fle\":\"service_role\"}",
                        BAD_CLAIMS),
                payload("sub a number", "{\"sub\":1}", BAD_CLAIMS),
                payload("session_id a number", "{\"session_id\":1}", BAD_CLAIMS),
                payload("iss a list", "{\"iss\":[\"a\"]}", BAD_CLAIMS),
                payload("payload a list", "[]", BAD_CLAIMS),
                payload("payload a text", "\"admin\"", BAD_CLAIMS),
                payload("payload not JSON", "sub=u1", BAD_CLAIMS),
                payload("payload with a tail", "{}{}", BAD_CLAIMS),
                payload("payload too deep", "[".repeat(5_000), BAD_CLAIMS),
                new Bad(
                        "payload not UTF-8",
                        token(HEADER, "{\"sub\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)),
                        BAD_CLAIMS));
    }

    private static Bad header(String name, String header, TokenFault fault) {
        return new Bad(name, token(header, CLAIMS), fault);
    }

    private static Bad payload(String name, String payload, TokenFault fault) {
        return new Bad(name, token(HEADER, payload), fault);
    }

    private static String claims(String more) {
        return "{\"role\":\"authenticated\",\"exp\":" + (NOW + 60) + "," + more + "}";
    }

    private static String oversized() {
        return token(HEADER, claims("\"x\":\"" + "x".repeat(20_000) + "\""));
    }

    /// 43 characters hold 258 bits for 256: the last two must be zero, or one signature would have
    /// four spellings.
    private static String lastBitFlipped(String token) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(token.charAt(token.length() - 1));
        return token.substring(0, token.length() - 1) + alphabet.charAt(last ^ 1);
    }
}
