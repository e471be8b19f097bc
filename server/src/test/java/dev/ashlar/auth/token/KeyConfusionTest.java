package dev.ashlar.auth.token;

import static dev.ashlar.auth.token.KeyKinds.hmac;
import static dev.ashlar.auth.token.KeyKinds.input;
import static dev.ashlar.auth.token.KeyKinds.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import dev.ashlar.problem.AuthProblem.TokenInvalid;
import dev.ashlar.problem.ProblemException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Keys of all kinds in one set: a token that passes must be signed by one of them, as that key is
/// meant to be used.
class KeyConfusionTest {
    private static final String CLAIMS = "{\"role\":\"authenticated\",\"sub\":\"u1\"}";
    private static final TokenVerifier VERIFIER =
            KeyKinds.verifier(KeyKinds.all().getKeys().toArray(JWK[]::new));
    private static final String RSA = "SHA256withRSA";
    private static final String EC = "SHA256withECDSAinP1363Format";
    private static final String EDWARDS = "Ed25519";

    record Bad(String name, String token) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Bad> badTokens() {
        List<Bad> bad = new ArrayList<>();
        publicKeysAsSecrets(bad);
        bad.addAll(strangers());
        bad.addAll(otherAlgorithms());
        bad.addAll(bentSignatures());
        bad.addAll(keysOfOthers());
        return bad;
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void isRefused(Bad bad) {
        assertThatThrownBy(() -> VERIFIER.verify(bad.token()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem()).isInstanceOf(TokenInvalid.class));
    }

    @Test
    void theSetIsLargeAndEachKeyServes() {
        assertThat(badTokens()).hasSizeGreaterThanOrEqualTo(60);
        good().forEach((name, token) ->
                assertThat(VERIFIER.verify(token).role().name())
                        .as(name)
                        .isEqualTo("authenticated"));
    }

    @Test
    void aSecretWithoutAlgorithmServesAllThatItIsLongEnoughFor() {
        TokenVerifier free = KeyKinds.verifier(KeyKinds.secret("s", ""));
        for (String bits : List.of("256", "384", "512")) {
            String token = hmac(header("HS" + bits), CLAIMS, KeyKinds.SECRET, "HmacSHA" + bits);
            assertThat(free.verify(token).role().name()).isEqualTo("authenticated");
        }
    }

    @Test
    void edwardsKeysGoByTwoNames() {
        String token = signed(header("Ed25519"), CLAIMS, KeyKinds.EDWARDS.getPrivate(), EDWARDS);
        assertThat(VERIFIER.verify(token).role().name()).isEqualTo("authenticated");
    }

    private static Map<String, String> good() {
        Map<String, String> good = new LinkedHashMap<>();
        good.put("secret", hmac(header("HS512"), CLAIMS, KeyKinds.SECRET, "HmacSHA512"));
        good.put("RSA", signed(header("RS256"), CLAIMS, KeyKinds.RSA.getPrivate(), RSA));
        good.put("EC", signed(header("ES256"), CLAIMS, KeyKinds.EC.getPrivate(), EC));
        good.put(
                "Edwards", signed(header("EdDSA"), CLAIMS, KeyKinds.EDWARDS.getPrivate(), EDWARDS));
        return good;
    }

    /// What everybody knows must never be taken for the shared secret.
    private static void publicKeysAsSecrets(List<Bad> bad) {
        Map<String, KeyPair> pairs =
                Map.of("r", KeyKinds.RSA, "e", KeyKinds.EC, "d", KeyKinds.EDWARDS);
        pairs.forEach((id, pair) ->
                spellings(id, pair)
                        .forEach((spelling, bytes) -> {
                            for (String bits : List.of("256", "384", "512")) {
                                String header =
                                        "{\"alg\":\"HS" + bits + "\",\"kid\":\"" + id + "\"}";
                                String name = "HS" + bits + " by the " + spelling + " of " + id;
                                bad.add(
                                        new Bad(
                                                name,
                                                hmac(header, CLAIMS, bytes, "HmacSHA" + bits)));
                            }
                        }));
    }

    private static Map<String, byte[]> spellings(String id, KeyPair pair) {
        byte[] der = pair.getPublic().getEncoded();
        String pem =
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END PUBLIC KEY-----\n";
        String json = KeyKinds.all().getKeyByKeyId(id).toJSONString();
        return Map.of(
                "DER", der,
                "PEM", pem.getBytes(StandardCharsets.US_ASCII),
                "JSON", json.getBytes(StandardCharsets.US_ASCII));
    }

    private static List<Bad> strangers() {
        KeyPair rsa = KeyKinds.pair("RSA", null);
        KeyPair ec = KeyKinds.pair("EC", new ECGenParameterSpec("secp256r1"));
        KeyPair edwards = KeyKinds.pair("Ed25519", null);
        byte[] secret = new byte[64];
        return List.of(
                new Bad("another RSA", signed(header("RS256"), CLAIMS, rsa.getPrivate(), RSA)),
                new Bad("another EC", signed(header("ES256"), CLAIMS, ec.getPrivate(), EC)),
                new Bad(
                        "another Edwards",
                        signed(header("EdDSA"), CLAIMS, edwards.getPrivate(), EDWARDS)),
                new Bad("zeros", hmac(header("HS512"), CLAIMS, secret, "HmacSHA512")),
                new Bad(
                        "another RSA under our id",
                        signed(header("RS256", "r"), CLAIMS, rsa.getPrivate(), RSA)),
                new Bad(
                        "another EC under our id",
                        signed(header("ES256", "e"), CLAIMS, ec.getPrivate(), EC)),
                new Bad(
                        "another Edwards under our id",
                        signed(header("EdDSA", "d"), CLAIMS, edwards.getPrivate(), EDWARDS)));
    }

    /// A key serves its own algorithm, also where another would verify.
    private static List<Bad> otherAlgorithms() {
        List<Bad> bad = new ArrayList<>();
        for (String bits : List.of("256", "384")) {
            bad.add(
                    new Bad(
                            "HS" + bits + " by the secret for HS512",
                            hmac(header("HS" + bits), CLAIMS, KeyKinds.SECRET, "HmacSHA" + bits)));
        }
        bad.add(
                new Bad(
                        "PS256 by the key for RS256",
                        signed(header("PS256"), CLAIMS, KeyKinds.RSA.getPrivate(), "RSASSA-PSS")));
        bad.add(
                new Bad(
                        "RS512 by the key for RS256",
                        signed(
                                header("RS512"),
                                CLAIMS,
                                KeyKinds.RSA.getPrivate(),
                                "SHA512withRSA")));
        for (String algorithm : List.of("none", "None", "NONE", "", "ES384", "ES256K", "Ed448")) {
            good().forEach((name, token) ->
                    bad.add(
                            new Bad(
                                    "alg '" + algorithm + "' over " + name,
                                    input(header(algorithm), CLAIMS)
                                            + token.substring(token.lastIndexOf('.')))));
        }
        return bad;
    }

    private static List<Bad> bentSignatures() {
        List<Bad> bad = new ArrayList<>();
        good().forEach((name, token) -> {
            String input = token.substring(0, token.lastIndexOf('.'));
            byte[] signature = new Base64URL(token.substring(input.length() + 1)).decode();
            byte[] longer = Arrays.copyOf(signature, signature.length + 1);
            byte[] shorter = Arrays.copyOf(signature, signature.length - 1);
            byte[] bent = signature.clone();
            bent[0] ^= 1;
            Map.of("longer", longer, "shorter", shorter, "bent", bent, "zero", new byte[64])
                    .forEach((how, bytes) ->
                            bad.add(
                                    new Bad(
                                            name + " " + how,
                                            input + "." + Base64URL.encode(bytes))));
        });
        String input = input(header("ES256"), CLAIMS);
        bad.add(
                new Bad(
                        "EC as DER",
                        signed(
                                header("ES256"),
                                CLAIMS,
                                KeyKinds.EC.getPrivate(),
                                "SHA256withECDSA")));
        byte[] one = new byte[64];
        one[31] = 1;
        one[63] = 1;
        bad.add(new Bad("EC of ones", input + "." + Base64URL.encode(one)));
        bad.add(new Bad("Edwards, the other spelling", otherSpelling()));
        return bad;
    }

    /// S plus the order of the group satisfies the same equation (RFC 8032, 5.1.7 forbids it).
    private static String otherSpelling() {
        BigInteger order =
                BigInteger.TWO
                        .pow(252)
                        .add(new BigInteger("27742317777372353535851937790883648493"));
        String input = input(header("EdDSA"), CLAIMS);
        byte[] signature = KeyKinds.signature(input, KeyKinds.EDWARDS.getPrivate(), EDWARDS);
        byte[] scalar = new byte[32];
        for (int i = 0; i < 32; i++) {
            scalar[i] = signature[63 - i];
        }
        byte[] sum = new BigInteger(1, scalar).add(order).toByteArray();
        for (int i = 0; i < 32; i++) {
            int from = sum.length - 1 - i;
            signature[32 + i] = from >= 0 ? sum[from] : 0;
        }
        return input + "." + Base64URL.encode(signature);
    }

    /// An id chooses one key, which alone is asked then.
    private static List<Bad> keysOfOthers() {
        return List.of(
                new Bad(
                        "RSA under EC's id",
                        signed(header("RS256", "e"), CLAIMS, KeyKinds.RSA.getPrivate(), RSA)),
                new Bad(
                        "EC under RSA's id",
                        signed(header("ES256", "r"), CLAIMS, KeyKinds.EC.getPrivate(), EC)),
                new Bad(
                        "Edwards under the secret's id",
                        signed(
                                header("EdDSA", "s"),
                                CLAIMS,
                                KeyKinds.EDWARDS.getPrivate(),
                                EDWARDS)),
                new Bad(
                        "secret under Edwards' id",
                        hmac(header("HS512", "d"), CLAIMS, KeyKinds.SECRET, "HmacSHA512")),
                new Bad(
                        "unknown id",
                        signed(header("RS256", "x"), CLAIMS, KeyKinds.RSA.getPrivate(), RSA)),
                new Bad(
                        "its own key along",
                        signed(
                                "{\"alg\":\"EdDSA\",\"jwk\":"
                                        + KeyKinds.edwards("d").toJSONString()
                                        + "}",
                                CLAIMS,
                                KeyKinds.EDWARDS.getPrivate(),
                                EDWARDS)));
    }

    private static String header(String algorithm) {
        return "{\"alg\":\"" + algorithm + "\"}";
    }

    private static String header(String algorithm, String id) {
        return "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + id + "\"}";
    }
}
