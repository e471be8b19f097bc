package dev.ashlar.http;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An answer; the adapter adds length, date and request id. `reason` goes beside the status where
/// the usual words for that (RFC 9112, 4) are not meant.
public record HttpResponse(
        int status, List<HttpHeader> headers, Buffer body, @Nullable String reason) {
    private static final Pattern REASON = Pattern.compile("[\\x20-\\x7e]{1,200}");
    private static final HttpHeader JSON =
            new HttpHeader("Content-Type", "application/json; charset=utf-8");
    private static final HttpHeader TEXT =
            new HttpHeader("Content-Type", "text/plain; charset=utf-8");
    private static final Buffer NOTHING = Buffer.buffer(0);

    public HttpResponse(int status, List<HttpHeader> headers, Buffer body) {
        this(status, headers, body, null);
    }

    public static HttpResponse empty(int status) {
        return new HttpResponse(status, List.of(), NOTHING);
    }

    public static HttpResponse json(int status, String json) {
        return new HttpResponse(status, List.of(JSON), Buffer.buffer(json));
    }

    public static HttpResponse text(int status, String text) {
        return new HttpResponse(status, List.of(TEXT), Buffer.buffer(text));
    }

    /// Adds a header line, also where the answer has one of that name.
    public HttpResponse withHeader(String name, String value) {
        List<HttpHeader> all = new ArrayList<>(headers.size() + 1);
        all.addAll(headers);
        all.add(new HttpHeader(name, value));
        return new HttpResponse(status, all, body, reason);
    }

    /// Adds the headers that the answer does not have yet.
    public HttpResponse withHeaders(List<HttpHeader> added) {
        List<HttpHeader> all = new ArrayList<>(headers.size() + added.size());
        all.addAll(headers);
        for (HttpHeader header : added) {
            if (findHeader(header.name()).isEmpty()) {
                all.add(header);
            }
        }
        return new HttpResponse(status, all, body, reason);
    }

    /// Words that do not fit on a status line are left out.
    public HttpResponse withReason(String words) {
        return REASON.matcher(words).matches()
                ? new HttpResponse(status, headers, body, words)
                : this;
    }

    public HttpResponse withStatus(int other) {
        return new HttpResponse(other, headers, body);
    }

    /// The first header of that name, in any case.
    public Optional<String> findHeader(String name) {
        for (HttpHeader header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }
}
