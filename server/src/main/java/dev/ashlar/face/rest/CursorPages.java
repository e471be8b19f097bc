package dev.ashlar.face.rest;

import dev.ashlar.backend.Result;
import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Intent;
import dev.ashlar.intent.PageCursor;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `cursor=`: pages of a read that follow each other whatever is written in between. Empty asks for
/// the first; each answer links to the next (`Link`, RFC 8288) until a page is not full.
final class CursorPages {
    private static final String PARAMETER = "cursor=";

    private CursorPages() {}

    /// The request without the parameter, when it has one that is no condition on a column of that
    /// name.
    static Optional<RewrittenRequest> find(HttpRequest request) {
        if (!request.method().equals("GET") || !request.query().contains(PARAMETER)) {
            return Optional.empty();
        }
        List<String> rest = new ArrayList<>();
        boolean found = false;
        for (String parameter : request.query().split("&", -1)) {
            if (isCursor(parameter)) {
                found = true;
            } else {
                rest.add(parameter);
            }
        }
        return found
                ? Optional.of(
                        new RewrittenRequest(
                                request,
                                "GET",
                                request.subPath(),
                                String.join("&", rest),
                                request.headers(),
                                request.body()))
                : Optional.empty();
    }

    /// The read as one of its pages.
    static Intent paged(HttpRequest request, Intent intent) {
        boolean plain =
                intent instanceof Intent.Read read
                        && read.answer().format().equals(Format.json())
                        && read.query().page().offset() == 0;
        if (!plain || !(intent instanceof Intent.Read read)) {
            throw refused("a GET of a table as a JSON array, without offset");
        }
        return new Intent.Read(read.target(), read.query(), read.answer(), cursor(request));
    }

    /// Where the next page is, when this one is full.
    static @Nullable HttpHeader next(HttpRequest request, Result result) {
        if (!(result instanceof Result.BodyPage page)) {
            return null;
        }
        String token =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(page.next().getBytes(StandardCharsets.UTF_8));
        List<String> parameters = new ArrayList<>();
        for (String parameter : request.query().split("&", -1)) {
            parameters.add(isCursor(parameter) ? PARAMETER + token : parameter);
        }
        return new HttpHeader(
                "Link",
                "<"
                        + request.path()
                        + "?"
                        // Clients may send these as they are, but they would end the address here.
                        + String.join("&", parameters).replace("<", "%3C").replace(">", "%3E")
                        + ">; rel=\"next\"");
    }

    /// Rather than a condition on a column of that name.
    private static boolean isCursor(String parameter) {
        return parameter.startsWith(PARAMETER)
                && !FilterParser.looksLikeCondition(parameter.substring(PARAMETER.length()));
    }

    private static PageCursor cursor(HttpRequest request) {
        for (String parameter : request.query().split("&", -1)) {
            if (isCursor(parameter)) {
                String token = parameter.substring(PARAMETER.length());
                return token.isEmpty() ? PageCursor.FIRST : decoded(token);
            }
        }
        return PageCursor.FIRST;
    }

    private static PageCursor decoded(String token) {
        try {
            String json = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (Json.parse(json) instanceof JsonObject object
                    && object.members().get("keys") instanceof JsonArray(var keys)
                    && object.members().get("after") instanceof JsonArray(var after)
                    && keys.size() == after.size()
                    && !keys.isEmpty()) {
                List<String> names = new ArrayList<>();
                keys.forEach(key -> names.add(requireText(key)));
                List<@Nullable String> values = new ArrayList<>();
                after.forEach(
                        value -> values.add(value == JsonNull.NULL ? null : requireText(value)));
                return new PageCursor(names, values);
            }
        } catch (IllegalArgumentException | MalformedJsonException _) {
            // Answered below.
        }
        throw refused("to come from the Link of the page before");
    }

    private static String requireText(JsonValue value) {
        if (value instanceof JsonString(String text) && text.indexOf('\0') < 0) {
            return text;
        }
        throw refused("to come from the Link of the page before");
    }

    private static ProblemException refused(String needed) {
        return new ProblemException(new RequestProblem.CursorUnusable(needed));
    }
}
