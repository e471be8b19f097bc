package dev.ashlar.face.authapi;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Verifies tokens as hCaptcha and Turnstile document it: a form of `secret`, `response` and
/// `remoteip`; each token is good once. Tokens here are `solved-` and anything.
final class CaptchaService implements AutoCloseable {
    static final String SECRET = "0x-the-secret-of-the-site";

    private final HttpServer server;
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();

    CaptchaService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/siteverify", this::verify);
        server.createContext("/broken", exchange -> answer(exchange, 502, "bad gateway"));
        server.createContext("/page", exchange -> answer(exchange, 200, "<html></html>"));
        server.createContext(
                "/large", exchange -> answer(exchange, 200, "\"" + "x".repeat(3_000_000) + "\""));
        server.createContext(
                "/slow",
                exchange -> {
                    // Answered when the test is over, if at all.
                    pause();
                    answer(exchange, 200, "{\"success\":true}");
                });
        server.createContext(
                "/chatty",
                exchange ->
                        answer(
                                exchange,
                                200,
                                "{\"success\":\"true\",\"error-codes\":[\"<b>no</b>\",7]}"));
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    List<Map<String, String>> asked() {
        return asked;
    }

    private void verify(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                FormFields.parse(
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        asked.add(Map.copyOf(form));
        String response = form.getOrDefault("response", "");
        if (!SECRET.equals(form.get("secret"))) {
            refuse(exchange, "invalid-input-secret");
        } else if (!response.startsWith("solved-")) {
            refuse(exchange, "invalid-input-response");
        } else if (!used.add(response)) {
            refuse(exchange, "timeout-or-duplicate");
        } else {
            answer(
                    exchange,
                    200,
                    """
                    {"success":true,"challenge_ts":"2026-11-26T15:04:05Z",\
                    "hostname":"app.example.com","error-codes":[]}\
                    """);
        }
    }

    private static void refuse(HttpExchange exchange, String code) throws IOException {
        answer(exchange, 400, "{\"success\":false,\"error-codes\":[\"" + code + "\"]}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void pause() {
        try {
            Thread.sleep(3_000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
