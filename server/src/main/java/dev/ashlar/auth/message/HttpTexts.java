package dev.ashlar.auth.message;

import dev.ashlar.auth.config.SmsConfig;
import dev.ashlar.auth.hook.WebhookSignature;
import dev.ashlar.auth.message.SendingFailed.Kind;
import dev.ashlar.auth.message.TextMessage.Channel;
import dev.ashlar.auth.outbound.LateClient;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Texts by HTTP: through an API like Twilio's (`POST
/// /2010-04-01/Accounts/{account}/Messages.json`, a form under basic authentication), or to a
/// webhook that is signed as the Standard Webhooks specification says.
public final class HttpTexts {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_ANSWER = 64 * 1024;

    private final LateClient http;
    private final SmsConfig config;
    private final Duration limit;

    public HttpTexts(SmsConfig config) {
        this(config, TIMEOUT);
    }

    /// `limit` is the time for one text, from the connection to the last byte of the answer.
    HttpTexts(SmsConfig config, Duration limit) {
        this.config = config;
        this.limit = limit;
        this.http = new LateClient(HttpClient.newBuilder().connectTimeout(limit));
    }

    public String toApi(TextMessage message) throws SendingFailed {
        String account = config.account().orElseThrow();
        String prefix = message.channel() == Channel.WHATSAPP ? "whatsapp:+" : "+";
        String sender = config.from().orElseThrow();
        boolean service = sender.startsWith("MG");
        String from =
                message.channel() == Channel.WHATSAPP && !service ? "whatsapp:" + sender : sender;
        String form =
                field("To", prefix + message.phone())
                        + "&"
                        + field(service ? "MessagingServiceSid" : "From", from)
                        + "&"
                        + field("Body", message.text());
        String login = account + ":" + config.token().orElseThrow().reveal();
        HttpRequest request =
                HttpRequest.newBuilder(
                                uri(
                                        config.baseUrl()
                                                + "/2010-04-01/Accounts/"
                                                + encode(account)
                                                + "/Messages.json"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        login.getBytes(StandardCharsets.UTF_8)))
                        .POST(BodyPublishers.ofString(form))
                        .build();
        return name(post(request), "sid");
    }

    public String toWebhook(TextMessage message) throws SendingFailed {
        String id = UUID.randomUUID().toString();
        String time = Long.toString(Instant.now().getEpochSecond());
        String body =
                Json.write(
                        new JsonObjectBuilder()
                                .put("phone", "+" + message.phone())
                                .put("channel", message.channel().word())
                                .put("text", message.text())
                                .build());
        HttpRequest request =
                HttpRequest.newBuilder(uri(config.webhookUrl().orElseThrow()))
                        .header("Content-Type", "application/json")
                        .header("webhook-id", id)
                        .header("webhook-timestamp", time)
                        .header("webhook-signature", signature(id, time, body))
                        .POST(BodyPublishers.ofString(body))
                        .build();
        post(request);
        return id;
    }

    /// The time limit of a request ends with the headers: a body may drip for ever, so that the
    /// whole exchange is waited for.
    private String post(HttpRequest request) throws SendingFailed {
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.client()
                        .sendAsync(
                                request,
                                _ ->
                                        BodySubscribers.limiting(
                                                BodySubscribers.ofByteArray(), MAX_ANSWER));
        try {
            HttpResponse<byte[]> answer = sent.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() >= 300) {
                Kind kind = answer.statusCode() < 500 ? Kind.PERMANENT : Kind.PASSING;
                throw new SendingFailed(kind, "the provider answered " + answer.statusCode());
            }
            return new String(answer.body(), StandardCharsets.UTF_8);
        } catch (ExecutionException e) {
            throw new SendingFailed(Kind.PASSING, "the provider cannot be reached", e);
        } catch (TimeoutException e) {
            throw new SendingFailed(Kind.PASSING, "the provider took too long", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SendingFailed(Kind.PASSING, "sending was interrupted", e);
        } finally {
            sent.cancel(true);
        }
    }

    private String signature(String id, String time, String body) {
        byte[] secret = config.token().orElseThrow().reveal().getBytes(StandardCharsets.UTF_8);
        return new WebhookSignature(id, time, body).under(List.of(WebhookSignature.key(secret)));
    }

    private static String name(String answer, String member) {
        try {
            return Json.parse(answer) instanceof JsonObject object
                    ? object.findText(member).orElse("")
                    : "";
        } catch (MalformedJsonException _) {
            return "";
        }
    }

    private static URI uri(String text) {
        return URI.create(text);
    }

    private static String field(String name, String value) {
        return name + "=" + encode(value);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
