package dev.ashlar.auth.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ashlar.auth.config.OutboundConfig;
import dev.ashlar.auth.outbound.FetchFailed.Kind;
import dev.ashlar.auth.outbound.Fetcher.Answer;
import dev.ashlar.auth.outbound.Fetcher.Source;
import dev.ashlar.config.ByteSize;
import dev.ashlar.testing.Race;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetcherTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<String> answer = new AtomicReference<>("{}");
    private HttpServer server;
    private String url;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        url = "http://localhost:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        String path = exchange.getRequestURI().getPath();
        byte[] body =
                path.equals("/echo")
                        ? exchange.getRequestBody().readAllBytes()
                        : answer.get().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        if (path.equals("/elsewhere")) {
            exchange.getResponseHeaders().add("Location", url + "/echo");
            exchange.sendResponseHeaders(302, -1);
        } else if (path.equals("/drip")) {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            await();
        } else {
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Fetcher fetcher(Duration timeout, boolean development) {
        return new Fetcher(new OutboundConfig(timeout, new ByteSize(2_048), development));
    }

    private static Fetcher fetcher() {
        return fetcher(PATIENCE, false);
    }

    private static Kind refusal(Fetcher fetcher, String url, Source source) {
        return catchThrowableOfType(FetchFailed.class, () -> fetcher.get(url, source, Map.of()))
                .kind();
    }

    @Test
    void theOwnerMayNameThisMachine() throws FetchFailed {
        Answer got = fetcher().get(url + "/x", Source.OWNER, Map.of());
        assertThat(got.isGood()).isTrue();
        assertThat(got.object().members()).isEmpty();
    }

    @Test
    void formsAreSentAsForms() throws FetchFailed {
        Answer got = fetcher().post(url + "/echo", Source.OWNER, Map.of(), Map.of("a b", "c&d"));
        assertThat(got.text()).isEqualTo("a+b=c%26d");
    }

    @Test
    void callersReachNothingInside() {
        assertThat(refusal(fetcher(), url, Source.CALLER)).isEqualTo(Kind.REFUSED_URL);
        assertThat(refusal(fetcher(), url.replace("http:", "https:"), Source.CALLER))
                .isEqualTo(Kind.REFUSED_URL);
        assertThat(asked.get()).isZero();
    }

    @Test
    void inDevelopmentCallersReachThisMachine() throws FetchFailed {
        assertThat(fetcher(PATIENCE, true).get(url, Source.CALLER, Map.of()).isGood()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://10.1.2.3/",
                "https://192.168.1.1/",
                "https://172.16.0.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://100.64.0.1/",
                "https://0.0.0.0/",
                "https://198.18.0.1/",
                "https://255.255.255.255/",
                "https://[::1]/",
                "https://[::]/",
                "https://[fe80::1]/",
                "https://[fd00::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://[64:ff9b::a00:1]/",
                "https://[2002:a00:1::]/",
                "https://[ff02::1]/",
                "https://localhost/",
                "https://2130706433/",
                "https://0x7f.1/",
                "https://224.0.0.1/"
            })
    void addressesThatAreNotPublicAreRefused(String inside) {
        Throwable thrown =
                catchThrowableOfType(
                        FetchFailed.class, () -> fetcher().check(inside, Source.CALLER));
        assertThat(thrown).as(inside).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://1.1.1.1/", "https://[2606:4700:4700::1111]/a?b=c"})
    void publicAddressesAreFollowed(String open) throws FetchFailed {
        assertThat(fetcher().check(open, Source.CALLER)).hasToString(open);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/x",
                "file:///etc/passwd",
                "ftp://example.com/",
                "https:///x",
                "https://user:word@example.com/",
                "https://example.com/#x",
                "http://example.com/",
                "https://exa mple.com/",
                "jar:https://example.com!/x"
            })
    void otherUrlsAreRefused(String odd) {
        assertThat(refusal(fetcher(), odd, Source.OWNER)).isEqualTo(Kind.REFUSED_URL);
    }

    @Test
    void redirectsAreNotFollowed() throws FetchFailed {
        assertThat(fetcher().get(url + "/elsewhere", Source.OWNER, Map.of()).status())
                .isEqualTo(302);
        assertThat(asked.get()).isEqualTo(1);
    }

    @Test
    void largeAnswersAreCut() {
        answer.set("x".repeat(2_049));
        assertThat(refusal(fetcher(), url, Source.OWNER)).isEqualTo(Kind.BAD_ANSWER);
    }

    @Test
    void aBodyThatDripsIsLeft() {
        assertThat(refusal(fetcher(Duration.ofMillis(300), false), url + "/drip", Source.OWNER))
                .isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void documentsAreKeptAndFetchedAnewAtMostTwiceAMinute() throws FetchFailed {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        Documents documents = new Documents(fetcher(), now::get);
        answer.set("{\"a\":1}");
        documents.find(url, Source.OWNER);
        documents.find(url, Source.OWNER);
        assertThat(asked.get()).isEqualTo(1);
        // Missed, but just fetched.
        documents.find(url, Source.OWNER, found -> found.find("b").isPresent());
        assertThat(asked.get()).isEqualTo(1);
        now.set(Instant.EPOCH.plusSeconds(31));
        answer.set("{\"b\":1}");
        assertThat(
                        documents
                                .find(url, Source.OWNER, found -> found.find("b").isPresent())
                                .members())
                .containsKey("b");
        assertThat(asked.get()).isEqualTo(2);
        now.set(Instant.EPOCH.plus(Duration.ofMinutes(11)));
        documents.find(url, Source.OWNER);
        assertThat(asked.get()).isEqualTo(3);
    }

    @Test
    void ofManyWhoNeedADocumentOneAsksForIt() {
        answer.set("{\"a\":1}");
        Documents documents = new Documents(fetcher(), () -> Instant.EPOCH);
        Race.of(
                16,
                () -> {
                    try {
                        return documents.find(url, Source.OWNER);
                    } catch (FetchFailed e) {
                        throw new AssertionError(e);
                    }
                });
        assertThat(asked.get()).isEqualTo(1);
    }

    @Test
    void aServerThatFailsIsAskedSeldomAndItsLastWordStays() throws FetchFailed {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        Documents documents = new Documents(fetcher(), now::get);
        answer.set("no JSON");
        for (int i = 0; i < 3; i++) {
            assertThat(failure(documents)).isEqualTo(Kind.BAD_ANSWER);
        }
        assertThat(asked.get()).isEqualTo(1);
        now.set(Instant.EPOCH.plusSeconds(6));
        answer.set("{\"a\":1}");
        documents.find(url, Source.OWNER);
        answer.set("no JSON");
        now.set(Instant.EPOCH.plus(Duration.ofHours(1)));
        assertThat(documents.find(url, Source.OWNER).members()).containsKey("a");
        assertThat(documents.find(url, Source.OWNER).members()).containsKey("a");
        assertThat(asked.get()).isEqualTo(3);
        now.set(Instant.EPOCH.plus(Duration.ofHours(25)));
        assertThat(failure(documents)).isEqualTo(Kind.BAD_ANSWER);
    }

    private Kind failure(Documents documents) {
        return catchThrowableOfType(FetchFailed.class, () -> documents.find(url, Source.OWNER))
                .kind();
    }
}
