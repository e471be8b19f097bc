package dev.ashlar.json;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
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

    private static PlainRows values(String text) {
        return JsonRows.findValues(text).orElseThrow();
    }

    @Test
    void keepsValuesByName() {
        PlainRows rows =
                values("[{\"a\":1.50,\"b\":\"x\\u00e9\"},{\"b\":null,\"a\":true},{},{\"c\":\"\"}]");
        assertThat(rows.values("a")).containsExactly("1.50", "true", null, null);
        assertThat(rows.values("b")).containsExactly("xé", null, null, null);
        assertThat(rows.values("c")).containsExactly(null, null, null, "");
        assertThat(rows.values("d")).containsExactly(null, null, null, null);
        assertThat(values("{\"a\":-0}").values("a")).containsExactly("-0");
        assertThat(values("[]").values("a")).isEmpty();
    }

    @Test
    void ofEqualNamesTheLastCounts() {
        PlainRows rows =
                values(
                        "[{\"a\":\"long\",\"a\":\"b\"},{\"a\":\"c\",\"a\":null},"
                                + "{\"a\":null,\"a\":\"dd\",\"a\":\"e\"}]");
        assertThat(rows.values("a")).containsExactly("b", null, "e");
    }

    @Test
    void tellsWhatIsNotPlain() {
        PlainRows rows =
                values(
                        "[{\"a\":1,\"b\":[2]},{\"a\":\"\\ud83d\\ude00\",\"b\":1,\"c\":\"\\ud83d\"}]");
        assertThat(rows.isPlain("a")).isTrue();
        assertThat(rows.isPlain("b")).isFalse();
        assertThat(rows.isPlain("c")).isFalse();
        assertThat(rows.isPlain("d")).isTrue();
        assertThat(values("{\"a\":\"\\u0000\"}").isPlain("a")).isFalse();
        assertThat(JsonRows.findValues("[{},1]")).isEmpty();
        assertThat(JsonRows.findValues("[")).isEmpty();
    }

    /// Nothing is kept of what would take much more room than it came in.
    @Test
    void keepsNoMoreThanCame() {
        String empty = "{},".repeat(50_000);
        String names =
                IntStream.range(0, 1_000).mapToObj(n -> "\"n" + n + "\":0").collect(joining(","));
        assertThat(JsonRows.findValues("[" + empty + "{" + names + "}]")).isEmpty();
        assertThat(JsonRows.findValues("[{" + names + "}," + empty + "{}]")).isEmpty();
        String many =
                IntStream.range(0, 2_000).mapToObj(n -> "\"n" + n + "\":0").collect(joining(","));
        assertThat(JsonRows.findValues("{" + many + "}")).isEmpty();
        assertThat(JsonRows.findValues("{" + names + "}")).isPresent();
    }
}
