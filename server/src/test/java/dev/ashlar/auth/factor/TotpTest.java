package dev.ashlar.auth.factor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final byte[] RFC_KEY =
            "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final String SECRET = Base32.encode(RFC_KEY);

    /// RFC 6238, appendix B, the rows of SHA-1.
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void theVectorsOfTheRfc(long seconds, String code) {
        assertThat(Totp.code(RFC_KEY, seconds / Totp.STEP_SECONDS, 8)).isEqualTo(code);
    }

    /// RFC 4226, appendix D.
    @ParameterizedTest
    @CsvSource({
        "0, 755224", "1, 287082", "2, 359152", "3, 969429", "4, 338314",
        "5, 254676", "6, 287922", "7, 162583", "8, 399871", "9, 520489"
    })
    void theVectorsOfTheCounterForm(long counter, String code) {
        assertThat(Totp.code(RFC_KEY, counter, 6)).isEqualTo(code);
    }

    @Test
    void aCodeFitsInItsStepAndOneBesideIt() {
        Instant now = Instant.ofEpochSecond(1_111_111_111);
        long step = 1_111_111_111 / 30;
        for (long other = step - 3; other <= step + 3; other++) {
            String code = Totp.code(RFC_KEY, other, 6);
            OptionalLong found = Totp.matchingStep(SECRET, code, now, -1);
            assertThat(found)
                    .as("step %+d", other - step)
                    .isEqualTo(
                            Math.abs(other - step) <= 1
                                    ? OptionalLong.of(other)
                                    : OptionalLong.empty());
        }
    }

    @Test
    void aStepThatWasUsedAndThoseBeforeItFitNoMore() {
        Instant now = Instant.ofEpochSecond(1_111_111_111);
        long step = 1_111_111_111 / 30;
        String code = Totp.code(RFC_KEY, step, 6);
        assertThat(Totp.matchingStep(SECRET, code, now, step - 1)).hasValue(step);
        assertThat(Totp.matchingStep(SECRET, code, now, step)).isEmpty();
        assertThat(Totp.matchingStep(SECRET, Totp.code(RFC_KEY, step - 1, 6), now, step)).isEmpty();
        assertThat(Totp.matchingStep(SECRET, Totp.code(RFC_KEY, step + 1, 6), now, step))
                .hasValue(step + 1);
    }

    @Test
    void whatIsNoCodeFitsNever() {
        for (String code : new String[] {"", "1", "12345", "1234567", "abcdef", "２８７０８２"}) {
            assertThat(Totp.matchingStep(SECRET, code, Instant.ofEpochSecond(59), -1))
                    .as(code)
                    .isEmpty();
        }
    }

    @Test
    void secretsHave160BitsAndDiffer() {
        SecureRandom random = new SecureRandom();
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            secrets.add(Totp.newSecret(random));
        }
        assertThat(secrets).hasSize(100).allMatch(secret -> secret.matches("[A-Z2-7]{32}"));
    }

    /// RFC 4648, 10.
    @ParameterizedTest
    @CsvSource({
        "f, MY",
        "fo, MZXQ",
        "foo, MZXW6",
        "foob, MZXW6YQ",
        "fooba, MZXW6YTB",
        "foobar, MZXW6YTBOI"
    })
    void base32(String plain, String encoded) {
        assertThat(Base32.encode(plain.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
        assertThat(new String(Base32.decode(encoded), StandardCharsets.US_ASCII)).isEqualTo(plain);
    }

    @Test
    void base32OfAnyBytesComesBack() {
        Random random = new Random(7);
        for (int length = 0; length < 70; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertThat(Base32.decode(Base32.encode(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void theUriNamesIssuerAndAccountOnce() {
        assertThat(Totp.uri("My Shop & Co", "ada@example.com", SECRET))
                .isEqualTo(
                        "otpauth://totp/My%20Shop%20%26%20Co:ada%40example.com?algorithm=SHA1"
                                + "&digits=6&issuer=My%20Shop%20%26%20Co&period=30&secret="
                                + SECRET);
    }
}
