package dev.ashlar.auth.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.ashlar.auth.config.SmsConfig;
import dev.ashlar.auth.message.TextMessage.Channel;
import dev.ashlar.config.Secret;
import dev.ashlar.json.JsonValue.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HttpTextsTest {
    private static final TextMessage TEXT =
            new TextMessage("15550001111", Channel.SMS, "1234", "1234", JsonObject.EMPTY);

    /// The headers come at once, the rest never does.
    @Test
    @Timeout(60)
    void aProviderThatDripsIsNotWaitedFor() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, 1_000);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    await(end);
                });
        server.start();
        try {
            HttpTexts texts =
                    new HttpTexts(
                            config("http://localhost:" + server.getAddress().getPort()),
                            Duration.ofMillis(500));
            assertThat(catchThrowableOfType(SendingFailed.class, () -> texts.toApi(TEXT)).kind())
                    .isEqualTo(SendingFailed.Kind.PASSING);
            assertThat(
                            catchThrowableOfType(SendingFailed.class, () -> texts.toWebhook(TEXT))
                                    .kind())
                    .isEqualTo(SendingFailed.Kind.PASSING);
        } finally {
            end.countDown();
            server.stop(0);
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static SmsConfig config(String url) {
        return new SmsConfig(
                SmsConfig.Provider.WEBHOOK,
                url,
                Optional.of("account"),
                Optional.of(new Secret("v1,whsec_c2VjcmV0LW9mLXRoZS10ZXN0")),
                Optional.of("+15550002222"),
                Optional.of(url),
                "Your code is {{ .Code }}",
                Duration.ofMinutes(1),
                6,
                Duration.ofMinutes(10),
                false,
                List.of());
    }
}
