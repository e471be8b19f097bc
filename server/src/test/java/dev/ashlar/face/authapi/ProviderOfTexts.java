package dev.ashlar.face.authapi;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/// Takes texts over HTTP as an SMS provider does, and keeps what came.
final class ProviderOfTexts implements AutoCloseable {
    private final HttpServer server;
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private volatile int status = 201;

    /// One request. Headers in lower case.
    record Taken(String path, Map<String, String> headers, String body) {
        String field(String name) {
            for (String pair : body.split("&")) {
                String[] sides = pair.split("=", 2);
                if (sides[0].equals(name)) {
                    return URLDecoder.decode(sides[1], StandardCharsets.UTF_8);
                }
            }
            throw new AssertionError("no " + name + " in " + body);
        }

        String header(String name) {
            return Objects.requireNonNull(headers.get(name));
        }
    }

    ProviderOfTexts() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void answerWith(int code) {
        status = code;
    }

    Taken last() {
        return taken.getLast();
    }

    int count() {
        return taken.size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        taken.add(
                new Taken(
                        exchange.getRequestURI().getPath(),
                        headers,
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        byte[] body = "{\"sid\":\"SM123\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
