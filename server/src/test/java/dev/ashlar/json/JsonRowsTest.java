package dev.ashlar.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRowsTest {
    @Test
    void outlinesAnObject() throws MalformedJsonException {
        assertThat(JsonRows.scan("{\"b\":{\"x\":[1]},\"a\":null}"))
                .isEqualTo(new JsonRows(false, 1, List.of("b", "a"), true, null));
    }

    @Test
    void takesANameOnce() throws MalformedJsonException {
        assertThat(JsonRows.scan("{\"a\":1,\"b\":0,\"a\":2}").keys()).containsExactly("a", "b");
        assertThat(JsonRows.scan("[{\"a\":1,\"b\":0},{\"a\":1,\"a\":2}]").uniform()).isFalse();
    }

    @Test
    void outlinesAnArray() throws MalformedJsonException {
        assertThat(JsonRows.scan("[]")).isEqualTo(new JsonRows(true, 0, List.of(), true, null));
        assertThat(JsonRows.scan("[{\"a\":1,\"b\":2},{\"b\":1,\"a\":2}]"))
                .isEqualTo(new JsonRows(true, 2, List.of("a", "b"), true, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"a\":1},{\"b\":1}]",
                "[{\"a\":1},{}]",
                "[{},{\"a\":1}]",
                "[{\"a\":1},{\"a\":1,\"b\":1}]",
                "[1]",
                "[[]]",
                "[{},null]"
            })
    void seesKeysThatDiffer(String text) throws MalformedJsonException {
        assertThat(JsonRows.scan(text).uniform()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "\"a\"",
                "[1",
                "[{}",
                "{\"a\":",
                "{} {}",
                "{a:1}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "[{},]",
                "{\"a\":\"\u0000\"}"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> JsonRows.scan(text)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void boundsTheDepth() throws MalformedJsonException {
        String deep = "{\"a\":" + "[".repeat(199) + "]".repeat(199) + "}";
        assertThat(JsonRows.scan(deep).keys()).containsExactly("a");
        String tooDeep = "{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}";
        assertThatThrownBy(() -> JsonRows.scan(tooDeep)).isInstanceOf(MalformedJsonException.class);
    }
}
