package dev.ashlar.auth.hook;

import dev.ashlar.auth.config.HooksConfig;
import dev.ashlar.auth.outbound.LateClient;
import dev.ashlar.config.Secret;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A webhook, signed as the Standard Webhooks specification says: HMAC-SHA-256 over id, time and
/// body. It is asked again, within the same time limit, when it says that it is busy (429 or 503)
/// and when it cannot be reached.
final class WebhookHook implements HookTarget {
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final String SECRET = "whsec_";

    private final LateClient http;
    private final URI uri;
    private final Duration limit;
    private final List<Key> keys;

    WebhookHook(URI uri, HooksConfig config) {
        this.uri = uri;
        this.limit = config.webhookTimeout();
        this.http = new LateClient(HttpClient.newBuilder().connectTimeout(limit));
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

    JsonObject call(JsonObject payload) {
        String id = UUID.randomUUID().toString();
        String body = Json.write(payload);
        long end = System.nanoTime() + limit.toNanos();
        for (int attempt = 1; ; attempt++) {
            Optional<HttpResponse<byte[]>> answer = attempt(id, body, left(end));
            if (answer.filter(found -> !isBusy(found.statusCode())).isPresent()) {
                return read(answer.get());
            }
            Duration pause = answer.map(WebhookHook::pause).orElse(PAUSE);
            if (attempt == ATTEMPTS || pause.compareTo(left(end)) >= 0) {
                throw refused(
                        answer.isEmpty() && attempt == 1
                                ? ErrorCode.HOOK_TIMEOUT
                                : ErrorCode.HOOK_TIMEOUT_AFTER_RETRY);
            }
            rest(pause);
        }
    }

    /// Of the time for all attempts.
    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /// Empty when nobody answered in time. The time limit of a request ends with the headers: a
    /// body may drip for ever, so that the whole exchange is waited for.
    private Optional<HttpResponse<byte[]>> attempt(String id, String body, Duration left) {
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.client()
                        .sendAsync(
                                request(id, body),
                                _ ->
                                        BodySubscribers.limiting(
                                                BodySubscribers.ofByteArray(), MAX_BYTES));
        try {
            return Optional.of(sent.get(left.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (String.valueOf(e.getMessage()).contains("body exceeds")) {
                throw refused(ErrorCode.HOOK_PAYLOAD_OVER_SIZE_LIMIT);
            }
            return Optional.empty();
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw refused(ErrorCode.HOOK_TIMEOUT);
        } finally {
            sent.cancel(true);
        }
    }

    private HttpRequest request(String id, String body) {
        String time = Long.toString(Instant.now().getEpochSecond());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .header("webhook-id", id)
                        .header("webhook-timestamp", time);
        if (!keys.isEmpty()) {
            request.header("webhook-signature", new WebhookSignature(id, time, body).under(keys));
        }
        return request.POST(BodyPublishers.ofString(body)).build();
    }

    /// A refusal may come as an error of HTTP, with the same body as otherwise.
    private JsonObject read(HttpResponse<byte[]> answer) {
        boolean json =
                answer.headers()
                        .firstValue("Content-Type")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .startsWith("application/json");
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            if (body.isEmpty() || json) {
                return HookTarget.parse(body);
            }
            throw refused(ErrorCode.HOOK_PAYLOAD_INVALID_CONTENT_TYPE);
        }
        if (status >= 400 && status < 500 && json) {
            JsonObject refusal = HookTarget.parse(body);
            if (refusal.findObject("error").isPresent()) {
                return refusal;
            }
        }
        throw HookCall.failed("Unexpected status code of the hook: " + status);
    }

    private static boolean isBusy(int status) {
        return status == 429 || status == 503;
    }

    /// As long as the hook asks for (RFC 9110, 10.2.3), where it says so in seconds.
    private static Duration pause(HttpResponse<byte[]> busy) {
        return busy.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .filter(Duration::isPositive)
                .orElse(PAUSE);
    }

    private static void rest(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProblemException refused(ErrorCode code) {
        return new ProblemException(new AuthProblem.Refused(code));
    }
}
