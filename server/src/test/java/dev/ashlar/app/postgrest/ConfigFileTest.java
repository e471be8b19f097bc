package dev.ashlar.app.postgrest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
    @Test
    void readsStringsNumbersAndFlags() {
        assertThat(
                        ConfigFile.parse(
                                """
                                # a comment
                                db-schemas = "one, two" # and another

                                server-port=3001
                                  jwt-secret-is-base64 = false
                                app.settings.motto = "say \\"hi\\"\\n# all"
                                """,
                                Map.of()))
                .containsExactly(
                        Map.entry("db-schemas", "one, two"),
                        Map.entry("server-port", "3001"),
                        Map.entry("jwt-secret-is-base64", "false"),
                        Map.entry("app.settings.motto", "say \"hi\"\n# all"));
    }

    @Test
    void putsVariablesIntoStrings() {
        assertThat(
                        ConfigFile.parse(
                                "a = \"x-$(NAME)-$(NONE)\"\nb = \"100$$\"\n",
                                Map.of("NAME", "y$1")))
                .containsEntry("a", "x-y$1-")
                .containsEntry("b", "100$");
    }

    @ParameterizedTest
    @ValueSource(strings = {"db-uri", "= \"x\"", "a = \"open", "a = \"x\" y", "a = x y"})
    void namesTheLineThatIsNone(String line) {
        assertThatThrownBy(() -> ConfigFile.parse("ok = 1\n" + line, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2");
    }
}
