package dev.ashlar.face.rest;

import dev.ashlar.backend.Result.Effects;
import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/// Status and headers that the database's code sets by `response.status` and `response.headers`
/// (PostgREST's reference, "Response Headers" and "Response Status Code").
final class AnswerControl {
    private AnswerControl() {}

    static HttpResponse apply(HttpResponse response, Effects effects) {
        HttpResponse answer = response;
        if (effects.responseHeaders() != null) {
            answer = withHeaders(answer, headers(effects.responseHeaders()));
        }
        return effects.responseStatus() == null
                ? answer
                : answer.withStatus(status(effects.responseStatus()));
    }

    /// Headers of the database replace ours of the same name.
    static HttpResponse withHeaders(HttpResponse response, List<HttpHeader> own) {
        List<HttpHeader> all = new ArrayList<>();
        for (HttpHeader header : response.headers()) {
            boolean replaced =
                    own.stream().anyMatch(other -> other.name().equalsIgnoreCase(header.name()));
            if (!replaced) {
                all.add(header);
            }
        }
        all.addAll(own);
        return new HttpResponse(response.status(), all, response.body(), response.reason());
    }

    private static int status(String text) {
        if (text.matches("[2-9]\\d{2}")) {
            return Integer.parseInt(text);
        }
        throw new ProblemException(new DataProblem.ResponseStatusInvalid());
    }

    /// `[{"Name": "value"}, …]`.
    private static List<HttpHeader> headers(String json) {
        List<HttpHeader> headers = new ArrayList<>();
        for (JsonValue element : elements(json)) {
            if (!(element instanceof JsonObject object) || object.members().size() != 1) {
                throw invalid();
            }
            object.members()
                    .forEach((name, value) -> {
                        if (!(value instanceof JsonString(String text))
                                || !HeaderLines.isWellFormed(name, text)) {
                            throw invalid();
                        }
                        if (!HeaderLines.isOfTheConnection(name)) {
                            headers.add(new HttpHeader(name, text));
                        }
                    });
        }
        return headers;
    }

    private static List<JsonValue> elements(String json) {
        try {
            if (Json.parse(json) instanceof JsonArray(List<JsonValue> elements)) {
                return elements;
            }
        } catch (MalformedJsonException _) {
            // Answered below.
        }
        throw invalid();
    }

    private static ProblemException invalid() {
        return new ProblemException(new DataProblem.ResponseHeadersInvalid());
    }
}
