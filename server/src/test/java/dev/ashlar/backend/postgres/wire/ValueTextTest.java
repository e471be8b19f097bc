package dev.ashlar.backend.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ValueTextTest {
    @Test
    void values() {
        assertThat(ValueText.of("a 'b'")).isEqualTo("a 'b'");
        assertThat(ValueText.of(7L)).isEqualTo("7");
        assertThat(ValueText.of(true)).isEqualTo("t");
        assertThat(ValueText.of(new UUID(1, 2))).isEqualTo("00000000-0000-0001-0000-000000000002");
        assertThat(ValueText.of(Instant.parse("2026-11-26T22:00:00.123456789Z")))
                .isEqualTo("2026-11-26T22:00:00.123456Z");
    }

    @Test
    void arrays() {
        assertThat(ValueText.of(new String[] {"a", "b,c", "d\"e", "f\\g", "", "NULL"}))
                .isEqualTo("{\"a\",\"b,c\",\"d\\\"e\",\"f\\\\g\",\"\",\"NULL\"}");
        assertThat(ValueText.of(Arrays.asList("a", null))).isEqualTo("{\"a\",NULL}");
        assertThat(ValueText.of(List.of())).isEqualTo("{}");
    }

    @Test
    void whatCannotBeSentIsNotShown() {
        Map<String, String> secret = new TreeMap<>(Map.of("name", "secret"));
        assertThatThrownBy(() -> ValueText.of(secret))
                .hasMessageContaining("java.util.TreeMap")
                .hasMessageNotContaining("secret");
    }
}
