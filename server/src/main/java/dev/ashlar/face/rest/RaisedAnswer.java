package dev.ashlar.face.rest;

import dev.ashlar.face.rest.RestProblems.Words;
import dev.ashlar.http.HttpHeader;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonNumber;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ErrorCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `RAISE SQLSTATE 'PGRST'` says in JSON: the words in its message, status and headers in its
/// detail (PostgREST's reference, "Add HTTP Headers with RAISE"). `reason` is empty for the usual
/// words of the status.
record RaisedAnswer(Words words, int status, String reason, List<HttpHeader> headers) {
    private static final String STATE = "PGRST";

    private static final String MESSAGE_SHAPE =
            "MESSAGE must be a JSON object with obligatory keys: 'code', 'message' and optional"
                    + " keys: 'details', 'hint'.";
    private static final String DETAIL_SHAPE =
            "DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and optional"
                    + " key: 'status_text'.";

    static boolean isOne(DataProblem.Rejected rejected) {
        return rejected.sqlState().equals(STATE);
    }

    static RaisedAnswer of(DataProblem.Rejected rejected) {
        Words words = words(rejected.message());
        if (words == null) {
            return malformed(
                    "Invalid JSON value for MESSAGE: '" + rejected.message() + "'", MESSAGE_SHAPE);
        }
        String detail = rejected.details();
        if (detail == null) {
            return malformed("DETAIL is missing in the RAISE statement", DETAIL_SHAPE);
        }
        RaisedAnswer answer = answer(words, detail);
        return answer == null
                ? malformed("Invalid JSON value for DETAIL: '" + detail + "'", DETAIL_SHAPE)
                : answer;
    }

    private static RaisedAnswer malformed(String details, String hint) {
        return new RaisedAnswer(
                Words.of(
                        ErrorCode.RAISE_MALFORMED,
                        details,
                        hint,
                        "Could not parse JSON in the \"RAISE SQLSTATE 'PGRST'\" error"),
                ErrorCode.RAISE_MALFORMED.status(),
                "",
                List.of());
    }

    private static @Nullable Words words(String message) {
        JsonObject object = object(message);
        if (object == null) {
            return null;
        }
        boolean wellFormed =
                object.findText("code").isPresent()
                        && object.findText("message").isPresent()
                        && isTextOrNothing(object, "details")
                        && isTextOrNothing(object, "hint");
        return wellFormed
                ? new Words(
                        object.findText("code").get(),
                        object.find("details").orElse(JsonNull.NULL),
                        object.findText("hint").orElse(null),
                        object.findText("message").get())
                : null;
    }

    private static boolean isTextOrNothing(JsonObject object, String key) {
        return switch (object.members().get(key)) {
            case null -> true;
            case JsonNull _, JsonString _ -> true;
            case JsonValue _ -> false;
        };
    }

    private static @Nullable RaisedAnswer answer(Words words, String detail) {
        JsonObject object = object(detail);
        if (object == null
                || !(object.members().get("status") instanceof JsonNumber(BigDecimal status))
                || !(object.members().get("headers") instanceof JsonObject headers)
                || !isTextOrNothing(object, "status_text")
                || !isStatus(status)) {
            return null;
        }
        List<HttpHeader> lines = new ArrayList<>();
        for (Map.Entry<String, JsonValue> header : headers.members().entrySet()) {
            if (!(header.getValue() instanceof JsonString(String value))
                    || !HeaderLines.isWellFormed(header.getKey(), value)) {
                return null;
            }
            if (!HeaderLines.isOfTheConnection(header.getKey())) {
                lines.add(new HttpHeader(header.getKey(), value));
            }
        }
        String reason = object.findText("status_text").orElse("");
        return new RaisedAnswer(words, status.intValue(), reason, lines);
    }

    /// What is below 200 would not end the request.
    private static boolean isStatus(BigDecimal status) {
        return status.compareTo(BigDecimal.valueOf(200)) >= 0
                && status.compareTo(BigDecimal.valueOf(999)) <= 0
                && status.stripTrailingZeros().scale() <= 0;
    }

    private static @Nullable JsonObject object(String text) {
        try {
            return Json.parse(text) instanceof JsonObject object ? object : null;
        } catch (MalformedJsonException _) {
            return null;
        }
    }
}
