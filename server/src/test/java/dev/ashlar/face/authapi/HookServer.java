package dev.ashlar.face.authapi;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Hooks of an application's, over HTTP: believes no call that is not signed as the Standard
/// Webhooks specification says, keeps what it was told, and answers as a test likes.
final class HookServer implements AutoCloseable {
    private static final byte[] KEY =
            "a-key-of-32-bytes-for-the-hooks!".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final List<JsonObject> told = new CopyOnWriteArrayList<>();
    private volatile Function<JsonObject, Said> answer = _ -> new Said(200, "{}");

    /// An answer of JSON.
    record Said(int status, String body, Map<String, String> headers) {
        Said(int status, String body) {
            this(status, body, Map.of());
        }
    }

    HookServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /// As a setting of the hook.
    String setting(String hook) {
        return "auth.hooks." + hook + "=http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    static String secrets() {
        return "auth.hooks.secrets=v1,whsec_" + Base64.getEncoder().encodeToString(KEY);
    }

    void answers(Function<JsonObject, Said> with) {
        answer = with;
    }

    void answers(int status, String body) {
        answer = _ -> new Said(status, body);
    }

    List<JsonObject> told() {
        return told;
    }

    JsonObject last() {
        return told.getLast();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Said said = new Said(401, "{}");
        if (isSigned(exchange, body)) {
            JsonObject payload = parse(body);
            told.add(payload);
            said = answer.apply(payload);
        }
        said.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
        byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private static boolean isSigned(HttpExchange exchange, String body) {
        try {
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            String time = exchange.getRequestHeaders().getFirst("webhook-timestamp");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            byte[] signed = (id + "." + time + "." + body).getBytes(StandardCharsets.UTF_8);
            String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
            return expected.equals(exchange.getRequestHeaders().getFirst("webhook-signature"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject parse(String body) {
        try {
            return (JsonObject) Json.parse(body);
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
