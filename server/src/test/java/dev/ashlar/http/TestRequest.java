package dev.ashlar.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/// A request that came over no socket.
record TestRequest(String method, String path, String query, MultiMap fields, Buffer body)
        implements HttpRequest {

    /// `headers` are names and values in turn.
    static TestRequest of(String method, String target, String... headers) {
        int mark = target.indexOf('?');
        MultiMap fields = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < headers.length; i += 2) {
            fields.add(headers[i], headers[i + 1]);
        }
        return new TestRequest(
                method,
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? "" : target.substring(mark + 1),
                fields,
                Buffer.buffer());
    }

    @Override
    public Optional<String> findHeader(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    @Override
    public List<HttpHeader> headers() {
        return fields.entries().stream()
                .map(line -> new HttpHeader(line.getKey(), line.getValue()))
                .toList();
    }

    @Override
    public List<String> headers(String name) {
        return fields.getAll(name);
    }

    @Override
    public String requestId() {
        return "request-1";
    }

    @Override
    public String remoteAddress() {
        return "127.0.0.1";
    }

    @Override
    public String origin() {
        return "http://localhost:8000";
    }
}
