package dev.ashlar.face.rest;

import dev.ashlar.backend.Result;
import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Intent;
import dev.ashlar.intent.Page;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Words a result as PostgREST does: status, `Content-Range`, `Preference-Applied`, `Location`.
final class RestRenderer {
    private static final Buffer NOTHING = Buffer.buffer(0);

    HttpResponse render(HttpRequest http, RestRequest request, Result result) {
        List<HttpHeader> headers = new ArrayList<>(4);
        int status =
                switch (request.intent()) {
                    case Intent.Read read -> read(headers, read.query().page(), result);
                    case Intent.Call call -> call(headers, call, result);
                    case Intent.Insert insert -> {
                        headers.add(contentRange("*", counted(insert, result)));
                        location(headers, http, result);
                        yield 201;
                    }
                    case Intent.Update update -> {
                        headers.add(contentRange(range(0, result.rows()), counted(update, result)));
                        yield written(result);
                    }
                    case Intent.Upsert _ -> written(result);
                    case Intent.Delete delete -> {
                        headers.add(contentRange("*", counted(delete, result)));
                        yield written(result);
                    }
                };
        if (!request.preferences().applied().isEmpty()) {
            headers.add(
                    new HttpHeader(
                            "Preference-Applied",
                            String.join(", ", request.preferences().applied())));
        }
        if (!request.profile().isEmpty()) {
            headers.add(new HttpHeader("Content-Profile", request.profile()));
        }
        if (result instanceof Result.Json(Buffer body, _, _)) {
            headers.add(new HttpHeader("Content-Type", request.mediaType().text()));
            return new HttpResponse(status, headers, body);
        }
        return new HttpResponse(status, headers, NOTHING);
    }

    private static int written(Result result) {
        return result instanceof Result.Json ? 200 : 204;
    }

    private static int read(List<HttpHeader> headers, Page page, Result result) {
        Long total = result instanceof Result.Json json ? json.total() : null;
        if (total != null && page.offset() > total) {
            throw new ProblemException(
                    new RequestProblem.RangeUnsatisfiable(page.offset(), total, null));
        }
        headers.add(contentRange(range(page.offset(), result.rows()), total));
        return total != null && result.rows() < total ? 206 : 200;
    }

    private static int call(List<HttpHeader> headers, Intent.Call call, Result result) {
        if (result instanceof Result.Done) {
            return 204;
        }
        return read(headers, call.query().page(), result);
    }

    private static @Nullable Long counted(Intent intent, Result result) {
        return intent.answer().count() == Count.EXACT ? result.rows() : null;
    }

    private static String range(long offset, long rows) {
        return rows == 0 ? "*" : offset + "-" + (offset + rows - 1);
    }

    private static HttpHeader contentRange(String range, @Nullable Long total) {
        return new HttpHeader("Content-Range", range + "/" + (total == null ? "*" : total));
    }

    /// Where the one new row is: the table's own address with its primary key as filters.
    private static void location(List<HttpHeader> headers, HttpRequest http, Result result) {
        if (!(result instanceof Result.Done(long rows, String location))
                || rows != 1
                || location == null) {
            return;
        }
        StringBuilder address = new StringBuilder(http.path()).append('?');
        key(location)
                .members()
                .forEach((column, value) -> {
                    if (address.charAt(address.length() - 1) != '?') {
                        address.append('&');
                    }
                    String text = value instanceof JsonString(String string) ? string : "";
                    address.append(encoded(column)).append("=eq.").append(encoded(text));
                });
        headers.add(new HttpHeader("Location", address.toString()));
    }

    private static JsonObject key(String json) {
        try {
            return Json.parse(json) instanceof JsonObject object ? object : JsonObject.EMPTY;
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("the database wrote JSON that does not parse", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
