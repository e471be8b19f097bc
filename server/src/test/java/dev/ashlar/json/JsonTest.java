package dev.ashlar.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.json.JsonValue.JsonNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /// Written in full, one of 12 characters would be a text of two gigabytes.
    @ParameterizedTest
    @CsvSource({
        "1e3,1000",
        "-25e-3,-0.025",
        "9007199254740993,9007199254740993",
        "1e900000000,1E+900000000",
        "-1e900000000,-1E+900000000",
        "1e-900000000,1E-900000000",
        "0e900000000,0E+900000000",
        "1e2147483647,1E+2147483647"
    })
    void numbersAreWrittenInFullUpToABound(String text, String plain)
            throws MalformedJsonException {
        assertThat(((JsonNumber) Json.parse(text)).plain()).isEqualTo(plain);
    }

    @Test
    void boundsDepthAndNumbers() {
        assertThatThrownBy(() -> Json.parse("[".repeat(201) + "]".repeat(201)))
                .isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> Json.parse("1".repeat(1_001)))
                .isInstanceOf(MalformedJsonException.class);
    }
}
