package dev.ashlar.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// Puts an answer on the wire.
final class Answer {
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");

    private Answer() {}

    static Future<Void> write(
            HttpServerRequest request, HttpResponse answer, String requestId, boolean close) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return Future.succeededFuture();
        }
        response.setStatusCode(answer.status());
        if (answer.reason() != null) {
            response.setStatusMessage(answer.reason());
        }
        MultiMap headers = response.headers();
        for (HttpHeader header : answer.headers()) {
            headers.add(header.name(), header.value());
        }
        headers.set(REQUEST_ID, requestId);
        headers.set(HttpHeaders.DATE, HttpDate.now());
        if (close) {
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
}
