package dev.ashlar.auth.hook;

import dev.ashlar.auth.config.HooksConfig;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.config.Secret;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// A webhook, signed as the Standard Webhooks specification says: HMAC-SHA-256 over id, time and
/// body. It is asked again, within the same time limit, when it says that it is busy (429 or 503)
/// and when it cannot be reached.
final class WebhookHook implements HookTarget {
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final String SECRET = "whsec_";

    private final HttpClient http;
    private final URI uri;
    private final Duration limit;
    private final List<Key> keys;

    WebhookHook(URI uri, HooksConfig config) {
        this.uri = uri;
        this.limit = config.webhookTimeout();
        this.http = HttpClient.newBuilder().connectTimeout(limit).build();
        this.keys = config.secrets().map(WebhookHook::keys).orElse(List.of());
    }

    private static List<Key> keys(Secret secrets) {
        return Arrays.stream(secrets.reveal().split("\\|"))
                .map(String::strip)
                .map(text -> {
                    int start = text.indexOf(SECRET);
                    if (start < 0) {
                        throw new IllegalArgumentException(
                                "auth.hooks.secrets must be such as v1,whsec_ and base64");
                    }
                    byte[] key =
                            Base64.getDecoder().decode(text.substring(start + SECRET.length()));
                    return WebhookSignature.key(key);
                })
                .toList();
    }

    @Override
    public JsonObject call(SqlTransaction tx, JsonObject payload) {
        String id = UUID.randomUUID().toString();
        String body = Json.write(payload);
        long end = System.nanoTime() + limit.toNanos();
        for (int attempt = 1; ; attempt++) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (!left.isPositive()) {
                throw refused(
                        attempt == 1 ? ErrorCode.HOOK_TIMEOUT : ErrorCode.HOOK_TIMEOUT_AFTER_RETRY);
            }
            Optional<HttpResponse<byte[]>> answer = attempt(id, body, left);
            if (answer.filter(found -> !isBusy(found.statusCode())).isPresent()) {
                return read(answer.get());
            }
            if (attempt == ATTEMPTS) {
                throw refused(ErrorCode.HOOK_TIMEOUT_AFTER_RETRY);
            }
            pause();
        }
    }

    /// Empty when nobody answered in time.
    private Optional<HttpResponse<byte[]>> attempt(String id, String body, Duration left) {
        String time = Long.toString(Instant.now().getEpochSecond());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .timeout(left)
                        .header("Content-Type", "application/json")
                        .header("webhook-id", id)
                        .header("webhook-timestamp", time);
        if (!keys.isEmpty()) {
            request.header("webhook-signature", new WebhookSignature(id, time, body).under(keys));
        }
        try {
            return Optional.of(
                    http.send(
                            request.POST(BodyPublishers.ofString(body)).build(),
                            _ ->
                                    BodySubscribers.limiting(
                                            BodySubscribers.ofByteArray(), MAX_BYTES)));
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("body exceeds")) {
                throw refused(ErrorCode.HOOK_PAYLOAD_OVER_SIZE_LIMIT);
            }
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw refused(ErrorCode.HOOK_TIMEOUT);
        }
    }

    private JsonObject read(HttpResponse<byte[]> answer) {
        if (answer.statusCode() >= 300) {
            throw HookCall.refused(
                    Optional.of("Unexpected status code of the hook: " + answer.statusCode()));
        }
        if (answer.body().length == 0) {
            return JsonObject.EMPTY;
        }
        String type =
                answer.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/json")) {
            throw refused(ErrorCode.HOOK_PAYLOAD_INVALID_CONTENT_TYPE);
        }
        return HookTarget.parse(new String(answer.body(), StandardCharsets.UTF_8));
    }

    private static boolean isBusy(int status) {
        return status == 429 || status == 503;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProblemException refused(ErrorCode code) {
        return new ProblemException(new AuthProblem.Refused(code));
    }
}
