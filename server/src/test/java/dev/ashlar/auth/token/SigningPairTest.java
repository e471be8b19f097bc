package dev.ashlar.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.config.ByteSize;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.TokenFault;
import dev.ashlar.problem.AuthProblem.TokenInvalid;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Pairs of ours: what one signs the same one verifies, and no other; their private halves are told
/// to nobody.
class SigningPairTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000L));
    private static final JsonObject CLAIMS =
            new JsonObjectBuilder()
                    .put("sub", "u1")
                    .put("role", "authenticated")
                    .put("exp", 1_800_000_060L)
                    .build();

    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, mode = Mode.EXCLUDE, names = "HS256")
    void whatOneSignsTheSameOneVerifies(SigningAlgorithm algorithm) {
        SigningPair pair = algorithm.freshPair();
        String token = sign(pair);
        TokenVerifier verifier = verifier(pair);
        assertThat(verifier.verify(token).role().name()).isEqualTo("authenticated");
        assertThat(verifier(PublicKeys.parse(pair.publicJwk())).verify(token).role().name())
                .isEqualTo("authenticated");
        assertThat(verifier(SigningPair.parse(pair.privateJwk())).verify(sign(pair))).isNotNull();
        assertThat(CompactToken.parse(token).keyId()).contains(pair.id());

        SigningPair other = algorithm.freshPair();
        assertFault(verifier, sign(other), TokenFault.ALGORITHM_NOT_ALLOWED);
        String[] parts = token.split("\\.");
        String[] wrong = sign(other).split("\\.");
        assertFault(verifier, parts[0] + "." + parts[1] + "." + wrong[2], TokenFault.BAD_SIGNATURE);
    }

    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, mode = Mode.EXCLUDE, names = "HS256")
    void thePublicHalfHoldsNothingPrivate(SigningAlgorithm algorithm) {
        SigningPair pair = algorithm.freshPair();
        assertThat(pair.publicJwk())
                .contains("\"kid\":\"" + pair.id() + "\"", "\"alg\":\"" + algorithm.name() + "\"")
                .contains("\"use\":\"sig\"", "\"key_ops\":[\"verify\"]")
                .doesNotContain("\"d\":", "\"p\":", "\"q\":", "\"dp\":", "\"qi\":");
        assertThat(pair.privateJwk()).contains("\"d\":");
        assertThat(pair.toString()).isEqualTo("SigningPair[" + pair.id() + "]");
    }

    /// A token that names no key is the shared secret's; one that names a pair is that pair's.
    @Test
    void secretAndPairsNeverStandInForEachOther() {
        SigningPair pair = SigningAlgorithm.ES256.freshPair();
        HmacKey secret = new HmacKey(TokenFixtures.SECRET);
        TokenKeys both = TokenKeys.of(pair, List.of(secret, pair));
        TokenVerifier verifier = verifier(both);
        String bySecret = new TokenSigner(() -> TokenKeys.of(secret, List.of(secret))).sign(CLAIMS);
        assertThat(verifier.verify(bySecret)).isNotNull();
        assertThat(verifier.verify(sign(pair))).isNotNull();

        String claims = bySecret.split("\\.")[1];
        String named = "{\"alg\":\"HS256\",\"kid\":\"" + pair.id() + "\"}";
        assertFault(
                verifier,
                TokenFixtures.token(
                        named,
                        new String(
                                java.util.Base64.getUrlDecoder().decode(claims),
                                java.nio.charset.StandardCharsets.UTF_8)),
                TokenFault.ALGORITHM_NOT_ALLOWED);
        String unnamed =
                com.nimbusds.jose.util.Base64URL.encode("{\"alg\":\"ES256\"}") + "." + claims;
        byte[] signature = pair.sign(unnamed.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertFault(
                verifier,
                unnamed
                        + "."
                        + java.util.Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(signature),
                TokenFault.ALGORITHM_NOT_ALLOWED);
    }

    @Test
    void anUnknownKeyIsToldOnceForEachToken() {
        SigningPair pair = SigningAlgorithm.ES256.freshPair();
        TokenVerifier verifier = verifier(pair);
        List<String> told = new ArrayList<>();
        verifier.onUnknownKey(() -> told.add("unknown"));
        verifier.verify(sign(pair));
        assertThat(told).isEmpty();
        assertFault(
                verifier,
                sign(SigningAlgorithm.ES256.freshPair()),
                TokenFault.ALGORITHM_NOT_ALLOWED);
        assertThat(told).hasSize(1);
    }

    private static TokenVerifier verifier(TokenKey key) {
        HmacKey secret = new HmacKey(TokenFixtures.SECRET);
        return verifier(TokenKeys.of(secret, List.of(key, secret)));
    }

    private static TokenVerifier verifier(TokenKeys keys) {
        return new TokenVerifier(keys, TokenRules.DEFAULT, new ByteSize(1 << 20), CLOCK);
    }

    private static String sign(SigningPair pair) {
        return new TokenSigner(() -> TokenKeys.of(pair, List.of(pair))).sign(CLAIMS);
    }

    private static void assertFault(TokenVerifier verifier, String token, TokenFault fault) {
        assertThatThrownBy(() -> verifier.verify(token))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(((TokenInvalid) e.problem()).fault()).isEqualTo(fault));
    }
}
