package dev.ashlar.face.rest;

import dev.ashlar.backend.Result;
import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Conflict;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Intent;
import dev.ashlar.intent.Page;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Words a result as PostgREST does: status, `Content-Range`, `Preference-Applied`, `Location`.
final class RestRenderer {
    private static final Buffer NOTHING = Buffer.buffer(0);

    HttpResponse render(HttpRequest http, RestRequest request, Result answered) {
        Result result = answered instanceof Result.BodyPage(var page, _) ? page : answered;
        return AnswerControl.apply(rendered(http, request, result), result.effects());
    }

    private HttpResponse rendered(HttpRequest http, RestRequest request, Result result) {
        List<HttpHeader> headers = new ArrayList<>(4);
        int status = status(headers, http, request, result);
        List<String> applied = AppliedPreferences.of(request, result);
        if (!applied.isEmpty()) {
            headers.add(new HttpHeader("Preference-Applied", String.join(", ", applied)));
        }
        if (!request.legacyNames().isEmpty()) {
            headers.add(new HttpHeader("Warning", legacy(request.legacyNames())));
        }
        if (!request.profile().isEmpty()) {
            headers.add(new HttpHeader("Content-Profile", request.profile()));
        }
        if (result instanceof Result.Body(Buffer body, _, _, _)) {
            headers.add(new HttpHeader("Content-Type", request.mediaType().text()));
            return new HttpResponse(status, headers, body);
        }
        return new HttpResponse(status, headers, NOTHING);
    }

    /// Warn-code 299 of RFC 7234, 5.5: miscellaneous, persistent. Names are written as in a path,
    /// since a header takes no line ends. `names` are relations and the aliases that should be used
    /// instead.
    private static String legacy(Map<String, String> names) {
        List<String> changes = new ArrayList<>();
        names.forEach((relation, alias) ->
                changes.add(
                        "`"
                                + QueryString.encode(relation)
                                + "` to `"
                                + QueryString.encode(alias)
                                + "`"));
        return "299 Ashlar \"Embedded resource was referenced by relation name even though it has an"
                + " alias. This is deprecated and will stop working in a future release. Update "
                + String.join(", ", changes)
                + " in query string filters, orders or limits.\"";
    }

    private static boolean onlyUpdated(Intent.Insert insert, Result result) {
        Long inserted = inserted(result);
        return inserted != null
                && inserted == 0
                && insert.conflict() != null
                && insert.conflict().resolution() == Conflict.Resolution.MERGE;
    }

    private static @Nullable Long inserted(Result result) {
        return result.effects().inserted();
    }

    private static boolean isPositive(@Nullable Long number) {
        return number != null && number > 0;
    }

    private static int status(
            List<HttpHeader> headers, HttpRequest http, RestRequest request, Result result) {
        if (request.mediaType().format() instanceof Format.Explained) {
            return 200;
        }
        return switch (request.intent()) {
            case Intent.Read read -> read(headers, read.query().page(), result);
            case Intent.Call call -> call(headers, call, result);
            case Intent.Insert insert -> {
                headers.add(contentRange("*", counted(insert, result)));
                location(headers, http, result);
                yield onlyUpdated(insert, result) ? 200 : 201;
            }
            case Intent.Update update -> {
                headers.add(contentRange(range(0, result.rows()), counted(update, result)));
                yield written(result);
            }
            case Intent.Upsert _ -> put(http, result);
            case Intent.Delete delete -> {
                headers.add(contentRange("*", counted(delete, result)));
                yield written(result);
            }
        };
    }

    /// The dialect tells that a row is new only to those who want to see it; at its own address it
    /// is created in any case (RFC 9110, 9.3.4).
    private static int put(HttpRequest http, Result result) {
        boolean told = result instanceof Result.Body || http instanceof RewrittenRequest;
        return told && isPositive(inserted(result)) ? 201 : written(result);
    }

    private static int written(Result result) {
        return result instanceof Result.Body ? 200 : 204;
    }

    private static int read(List<HttpHeader> headers, Page page, Result result) {
        Long total = result instanceof Result.Body body ? body.total() : null;
        if (total != null && page.offset() > total) {
            throw new ProblemException(
                    new RequestProblem.RangeUnsatisfiable(page.offset(), total, null));
        }
        headers.add(contentRange(range(page.offset(), result.rows()), total));
        return total != null && result.rows() < total ? 206 : 200;
    }

    private static int call(List<HttpHeader> headers, Intent.Call call, Result result) {
        if (result instanceof Result.Done) {
            headers.add(contentRange(range(0, result.rows()), counted(call, result)));
            return 204;
        }
        return read(headers, call.query().page(), result);
    }

    private static @Nullable Long counted(Intent intent, Result result) {
        Count count = intent.answer().count();
        return count == Count.EXACT || count == Count.ESTIMATED ? result.rows() : null;
    }

    private static String range(long offset, long rows) {
        return rows == 0 ? "*" : offset + "-" + (offset + rows - 1);
    }

    private static HttpHeader contentRange(String range, @Nullable Long total) {
        return new HttpHeader("Content-Range", range + "/" + (total == null ? "*" : total));
    }

    /// Where the one new row is: the table's own address with its primary key as filters.
    private static void location(List<HttpHeader> headers, HttpRequest http, Result result) {
        if (!(result instanceof Result.Done(long rows, String location, _))
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
                    address.append(QueryString.encode(column)).append('=');
                    address.append(
                            value instanceof JsonString(String text)
                                    ? "eq." + QueryString.encode(text)
                                    : "is.null");
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
}
