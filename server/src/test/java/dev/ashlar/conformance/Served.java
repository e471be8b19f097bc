package dev.ashlar.conformance;

import dev.ashlar.app.DataApi;
import dev.ashlar.app.Project;
import dev.ashlar.app.postgrest.PostgrestSettings;
import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.testing.DatabaseForTests;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The drop-in server with one set of settings, listening on a port of its own.
final class Served implements AutoCloseable {
    static final String SECRET = "conformance-secret-of-more-than-32-bytes";

    private static final Pattern RELATIVE_TIME = Pattern.compile(":\\s*([+-]\\d+)\\b");

    private final DataApi api;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Served(DatabaseForTests database, Map<String, String> settings, Path folder) {
        Map<String, String> environment = new HashMap<>();
        Map<String, String> all = new HashMap<>();
        all.put("db-uri", uri(database.authenticator()));
        all.put("db-anon-role", "anon");
        all.put("jwt-secret", SECRET);
        all.put("server-port", "0");
        all.put("server-host", "127.0.0.1");
        all.put("log-level", "crit");
        all.putAll(settings);
        all.forEach((key, value) ->
                environment.put("PGRST_" + key.replace('-', '_').toUpperCase(Locale.ROOT), value));
        api =
                DataApi.start(
                        PostgrestSettings.of("", environment),
                        new Project(folder, folder, folder, Optional.empty()));
        awaitCatalog(all.getOrDefault("db-anon-role", "").isEmpty());
    }

    private static String uri(PostgresAddress address) {
        return "postgres://%s:%s@/%s?host=%s&port=%d"
                .formatted(
                        address.user(),
                        address.password().reveal(),
                        address.database(),
                        address.host(),
                        address.port());
    }

    /// It answers 503 until its catalog is read.
    private void awaitCatalog(boolean tokensOnly) {
        Case.Step probe =
                new Case.Step(
                        tokensOnly ? "{\"role\":\"authenticated\"}" : "",
                        "GET",
                        "/no-such-table",
                        List.of(),
                        List.of(),
                        List.of());
        for (int i = 0; i < 200 && send(probe).statusCode() == 503; i++) {
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    HttpResponse<String> send(Case.Step step) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:" + api.port() + encoded(step.target())))
                        .timeout(Duration.ofSeconds(20))
                        .method(
                                step.method(),
                                step.body().isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(String.join("\n", step.body())));
        for (String header : step.headers()) {
            String[] parts = header.split(": ?", 2);
            request.header(parts[0], parts[1]);
        }
        if (!step.claims().isEmpty()) {
            request.header("Authorization", "Bearer " + token(step.claims()));
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What no URI may hold, which clients encode without being asked.
    private static String encoded(String target) {
        StringBuilder text = new StringBuilder();
        target.codePoints()
                .forEach(c -> {
                    if (c > 126 || " \"{}<>|\\^`".indexOf(c) >= 0) {
                        text.append(
                                URLEncoder.encode(Character.toString(c), StandardCharsets.UTF_8)
                                        .replace("+", "%20"));
                    } else {
                        text.appendCodePoint(c);
                    }
                });
        return text.toString();
    }

    private static String token(String claims) {
        boolean foreign = claims.startsWith("bad");
        long now = Instant.now().getEpochSecond();
        String json =
                RELATIVE_TIME
                        .matcher(foreign ? claims.substring(3).strip() : claims)
                        .replaceAll(time -> ":" + (now + Long.parseLong(time.group(1))));
        String input = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64(json);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            String key = foreign ? "foreign" + SECRET : SECRET;
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return input + "." + base64(mac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        http.close();
        api.close();
    }
}
