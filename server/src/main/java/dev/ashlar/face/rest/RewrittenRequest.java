package dev.ashlar.face.rest;

import dev.ashlar.http.DerivedRequest;
import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/// A request in other words: who sent it stays, what it says is given.
record RewrittenRequest(
        HttpRequest sent,
        String method,
        String subPath,
        String query,
        List<HttpHeader> headers,
        Buffer body)
        implements DerivedRequest {

    /// The same, as if it had come with that method.
    static RewrittenRequest of(HttpRequest sent, String method) {
        return new RewrittenRequest(
                sent, method, sent.subPath(), sent.query(), sent.headers(), sent.body());
    }

    @Override
    public String path() {
        return sent.mountPath() + subPath;
    }

    @Override
    public Optional<String> findHeader(String name) {
        return headers(name).stream().findFirst();
    }

    @Override
    public List<String> headers(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(HttpHeader::value)
                .toList();
    }
}
