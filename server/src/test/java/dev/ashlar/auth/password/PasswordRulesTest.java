package dev.ashlar.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.config.Binder;
import dev.ashlar.config.ConfigSources;
import dev.ashlar.problem.AuthProblem.WeakPassword;
import dev.ashlar.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PasswordRulesTest {
    record Sections(AuthConfig auth) {}

    private static PasswordRules rules(Map<String, String> flags) {
        Path here = Path.of("").toAbsolutePath();
        return new PasswordRules(
                Binder.bind(
                                Sections.class,
                                new ConfigSources(
                                        flags,
                                        Map.of(),
                                        Optional.empty(),
                                        Map.of(),
                                        Set.of(),
                                        new ConfigSources.Folders(here, here)))
                        .config()
                        .auth());
    }

    private static List<String> reasons(PasswordRules rules, String password) {
        ProblemException refusal =
                catchThrowableOfType(ProblemException.class, () -> rules.check(password));
        return refusal == null ? List.of() : ((WeakPassword) refusal.problem()).reasons();
    }

    @Test
    void passwordsOfLeaksAreRefusedInAnyCase() {
        PasswordRules rules = rules(Map.of());
        for (String leaked : List.of("password1", "PassWord123", "12345678", "qwertyuiop")) {
            assertThat(reasons(rules, leaked)).as(leaked).containsExactly("pwned");
        }
        assertThat(reasons(rules, "correct horse battery")).isEmpty();
        assertThat(reasons(rules(Map.of("auth.password.refuse-leaked", "false")), "password1"))
                .isEmpty();
    }

    @Test
    void everyReasonIsTold() {
        PasswordRules rules =
                rules(Map.of("auth.password.required", "lower, upper, digit, symbol"));
        assertThat(reasons(rules, "dragon")).containsExactly("length", "characters", "pwned");
        assertThat(reasons(rules, "long enough but plain")).containsExactly("characters");
        assertThat(reasons(rules, "Long enough & 4 kinds")).isEmpty();
        assertThat(reasons(rules, "\u0416\u0436 letters & 4 kinds")).isEmpty();
    }

    @Test
    void lengthIsCountedInCharacters() {
        PasswordRules rules = rules(Map.of());
        assertThat(reasons(rules, "\ud83d\ude00".repeat(7))).containsExactly("length");
        assertThat(reasons(rules, "\ud83d\ude00".repeat(8))).isEmpty();
    }

    @Test
    void theListIsWhole() {
        LeakedPasswords list = LeakedPasswords.load();
        assertThat(list.size()).isEqualTo(42_692);
        assertThat(list.contains("123456")).isTrue();
        assertThat(list.contains("")).isFalse();
    }
}
