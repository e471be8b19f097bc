package dev.ashlar.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e2000",
                "1e-2000",
                "[{\"a\":1e2147483647}]",
                "\"a\\u0000\"",
                "{\"a\\u0000\":1}",
                "[[\"\\ud83d\"]]",
                "\"\\ude00\\ud83d\""
            })
    void whatTheDatabaseCannotHoldIsFound(String text) throws MalformedJsonException {
        assertThat(StorableJson.findFault(Json.parse(text))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e900", "-1e-900", "{\"a\":[null,true,\"\\ud83d\\ude00\"]}", "\"\\t\""})
    void whatItCanHoldPasses(String text) throws MalformedJsonException {
        assertThat(StorableJson.findFault(Json.parse(text))).isEmpty();
    }
}
