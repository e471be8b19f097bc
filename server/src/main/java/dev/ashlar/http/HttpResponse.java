package dev.ashlar.http;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/// An answer; the adapter adds length, date and request id.
public record HttpResponse(int status, List<HttpHeader> headers, Buffer body) {
    private static final HttpHeader JSON =
            new HttpHeader("Content-Type", "application/json; charset=utf-8");
    private static final Buffer NOTHING = Buffer.buffer(0);

    public static HttpResponse empty(int status) {
        return new HttpResponse(status, List.of(), NOTHING);
    }

    public static HttpResponse json(int status, String json) {
        return new HttpResponse(status, List.of(JSON), Buffer.buffer(json));
    }

    public static HttpResponse text(int status, String text) {
        return new HttpResponse(
                status,
                List.of(new HttpHeader("Content-Type", "text/plain; charset=utf-8")),
                Buffer.buffer(text));
    }

    public HttpResponse withHeader(String name, String value) {
        List<HttpHeader> more = new ArrayList<>(headers);
        more.add(new HttpHeader(name, value));
        return new HttpResponse(status, List.copyOf(more), body);
    }
}
