package dev.ashlar.face.authapi;

import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request without a socket.
record SentRequest(String method, String target, Map<String, String> given, Buffer body)
        implements HttpRequest {
    /// Where it comes from, as a header that no server reads.
    static final String ADDRESS = "Test-Address";

    SentRequest(String method, String target, Map<String, String> given, String body) {
        this(method, target, given, Buffer.buffer(body));
    }

    @Override
    public String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    @Override
    public String query() {
        int question = target.indexOf('?');
        return question < 0 ? "" : target.substring(question + 1);
    }

    @Override
    public Optional<String> findHeader(String name) {
        return given.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Override
    public List<HttpHeader> headers() {
        return given.entrySet().stream()
                .map(line -> new HttpHeader(line.getKey(), line.getValue()))
                .toList();
    }

    @Override
    public List<String> headers(String name) {
        return findHeader(name).stream().toList();
    }

    @Override
    public String requestId() {
        return "request-1";
    }

    @Override
    public String remoteAddress() {
        return given.getOrDefault(ADDRESS, "192.0.2.7");
    }

    @Override
    public String origin() {
        return "https://api.example.com";
    }
}
