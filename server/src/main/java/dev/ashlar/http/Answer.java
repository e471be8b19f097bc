package dev.ashlar.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.Set;

/// Puts an answer on the wire.
final class Answer {
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");

    private static final Set<String> OF_CONNECTION =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    private Answer() {}

    static Future<Void> write(
            HttpServerRequest request, HttpResponse answer, String requestId, boolean close) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return Future.succeededFuture();
        }
        response.setStatusCode(answer.status());
        boolean stream = request.version() == HttpVersion.HTTP_2;
        if (answer.reason() != null && !stream) {
            response.setStatusMessage(answer.reason());
        }
        MultiMap headers = response.headers();
        for (HttpHeader header : answer.headers()) {
            if (!stream || !isOfConnection(header.name())) {
                headers.add(header.name(), header.value());
            }
        }
        headers.set(REQUEST_ID, requestId);
        headers.set(HttpHeaders.DATE, HttpDate.now());
        if (close && !stream) {
            headers.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        boolean bodiless = answer.status() == 204 || answer.status() == 304;
        if (bodiless) {
            return response.end();
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            // Without a body nobody counted what GET would answer (RFC 9110, 9.3.2).
            if (answer.body().length() > 0 && !headers.contains(HttpHeaders.CONTENT_LENGTH)) {
                headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(answer.body().length()));
            }
            return response.end();
        }
        return response.end(answer.body());
    }

    /// What speaks about the connection makes an answer of HTTP/2 malformed (RFC 9113 section
    /// 8.2.2); the database's code may have set it.
    private static boolean isOfConnection(String name) {
        return OF_CONNECTION.contains(name.toLowerCase(Locale.ROOT));
    }
}
