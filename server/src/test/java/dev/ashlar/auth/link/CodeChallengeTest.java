package dev.ashlar.auth.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.auth.link.CodeChallenge.Method;
import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.problem.ProblemException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CodeChallengeTest {
    /// RFC 7636, appendix B.
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    @Test
    void isMetByTheVerifierOfTheStandardAndNoOther() {
        CodeChallenge s256 = new CodeChallenge(Method.S256, CHALLENGE);
        assertThat(s256.isMetBy(VERIFIER)).isTrue();
        assertThat(s256.isMetBy(CHALLENGE)).isFalse();
        assertThat(s256.isMetBy(VERIFIER + "x")).isFalse();
        assertThat(s256.isMetBy("")).isFalse();
        CodeChallenge plain = new CodeChallenge(Method.PLAIN, VERIFIER);
        assertThat(plain.isMetBy(VERIFIER)).isTrue();
        assertThat(plain.isMetBy(CHALLENGE)).isFalse();
    }

    @Test
    void bothOrNeitherAreGiven() {
        assertThat(CodeChallenge.find(Optional.empty(), Optional.empty())).isEmpty();
        assertThat(CodeChallenge.find(Optional.of(CHALLENGE), Optional.of("S256")))
                .contains(new CodeChallenge(Method.S256, CHALLENGE));
        assertThatThrownBy(() -> CodeChallenge.find(Optional.of(CHALLENGE), Optional.empty()))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> CodeChallenge.find(Optional.empty(), Optional.of("s256")))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> CodeChallenge.find(Optional.of(CHALLENGE), Optional.of("md5")))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> CodeChallenge.find(Optional.of("short"), Optional.of("s256")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void secretsAreLongAndNeverTheSame() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            assertThat(OneTimeSecret.next()).hasSize(43);
            seen.add(OneTimeSecret.next());
        }
        assertThat(seen).hasSize(1_000);
        assertThat(OneTimeSecret.digits(8)).matches("\\d{8}");
    }
}
