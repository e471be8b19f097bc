package dev.ashlar.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "-0.10",
                "9007199254740993",
                "12345678901234567890.123456789012345678901234567890",
                "\"a\\\"b\\\\c\\n\u00e4\"",
                "[]",
                "{}",
                "{\"b\":1,\"a\":[{\"c\":null},\"\"]}"
            })
    void writesWhatItRead(String text) throws MalformedJsonException {
        assertThat(Json.write(Json.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,]", "nul", "'a'", "{} 1", "\"\u0001\"", "1e", "// x\n1"})
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void doesNotRepeatWhatWasSentInItsMessages() {
        assertThatThrownBy(() -> Json.parse("{\"password\":\"hunter2\" oops}"))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void boundsDepthAndNumbers() {
        assertThatThrownBy(() -> Json.parse("[".repeat(201) + "]".repeat(201)))
                .isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> Json.parse("1".repeat(1_001)))
                .isInstanceOf(MalformedJsonException.class);
    }
}
