package dev.ashlar.face.rest;

import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A request in memory, as it would have come over a socket to the data API's mount.
record SentRequest(String method, String target, List<HttpHeader> lines, Buffer body)
        implements HttpRequest {
    static final String MOUNT = "/rest/v1";

    static SentRequest of(String method, String target) {
        return new SentRequest(method, target, List.of(), Buffer.buffer());
    }

    SentRequest with(String header, String value) {
        List<HttpHeader> more = new ArrayList<>(lines);
        more.add(new HttpHeader(header, value));
        return new SentRequest(method, target, more, body);
    }

    SentRequest body(String text) {
        return body(Buffer.buffer(text));
    }

    SentRequest body(Buffer bytes) {
        return new SentRequest(method, target, lines, bytes);
    }

    @Override
    public String path() {
        return MOUNT + subPath();
    }

    @Override
    public String subPath() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    @Override
    public String mountPath() {
        return MOUNT;
    }

    @Override
    public String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    @Override
    public Optional<String> findHeader(String name) {
        return headers(name).stream().findFirst();
    }

    @Override
    public List<HttpHeader> headers() {
        return lines;
    }

    @Override
    public List<String> headers(String name) {
        return lines.stream()
                .filter(line -> line.name().equalsIgnoreCase(name))
                .map(HttpHeader::value)
                .toList();
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
        return "http://localhost";
    }
}
