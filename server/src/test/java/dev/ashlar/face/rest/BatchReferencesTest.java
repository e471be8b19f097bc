package dev.ashlar.face.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchReferencesTest {
    @ParameterizedTest
    @CsvSource({"12,12", "1e2,100", "true,true", "1e900000000,1E%2B900000000"})
    void aPathHoldsValuesOfAnswersBefore(String value, String written)
            throws MalformedJsonException {
        BatchReferences references = new BatchReferences();
        references.add("a", Json.parse("[{\"n\":" + value + "}]"));
        JsonObject part = (JsonObject) Json.parse("{\"path\":\"/t?n=eq.{a.0.n}\"}");
        assertThat(references.resolve(part).findText("path")).contains("/t?n=eq." + written);
    }
}
