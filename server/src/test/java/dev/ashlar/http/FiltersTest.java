package dev.ashlar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// CORS, security headers, credentials, proxies, request ids and health.
class FiltersTest {
    private static final HttpHandler OK =
            _ -> Future.succeededFuture(HttpResponse.text(200, "ok").withHeader("Vary", "Accept"));

    private static HttpResponse filtered(HttpFilter filter, HttpRequest request) {
        return filter.filter(request, OK).result();
    }

    @Test
    void everyOriginMayCallWithoutCookies() {
        CorsFilter cors = new CorsFilter(List.of("*"));
        HttpResponse response =
                filtered(cors, TestRequest.of("GET", "/", "Origin", "https://a.example"));
        assertThat(response.findHeader("Access-Control-Allow-Origin")).contains("*");
        assertThat(response.findHeader("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(response.findHeader("Access-Control-Expose-Headers").orElse(""))
                .contains("Content-Range", "X-Request-Id");
        assertThat(filtered(cors, TestRequest.of("GET", "/")).headers()).hasSize(2);
    }

    @Test
    void aPreflightIsAnsweredWithoutTheHandler() {
        HttpResponse response =
                filtered(
                        new CorsFilter(List.of("*")),
                        TestRequest.of(
                                "OPTIONS",
                                "/",
                                "Origin",
                                "https://a.example",
                                "Access-Control-Request-Method",
                                "PATCH",
                                "Access-Control-Request-Headers",
                                "apikey,x-client-info"));
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.findHeader("Access-Control-Allow-Methods").orElse(""))
                .contains("PATCH");
        assertThat(response.findHeader("Access-Control-Allow-Headers"))
                .contains("apikey,x-client-info");
        assertThat(response.findHeader("Access-Control-Max-Age")).contains("86400");
    }

    @Test
    void onlyNamedOriginsMayCallWithCredentials() {
        CorsFilter cors = new CorsFilter(List.of("https://a.example"));
        HttpResponse named =
                filtered(cors, TestRequest.of("GET", "/", "Origin", "https://a.example"));
        assertThat(named.findHeader("Access-Control-Allow-Origin")).contains("https://a.example");
        assertThat(named.findHeader("Access-Control-Allow-Credentials")).contains("true");
        assertThat(named.headers()).contains(new HttpHeader("Vary", "Origin"));

        HttpResponse other =
                filtered(cors, TestRequest.of("GET", "/", "Origin", "https://a.example.evil"));
        assertThat(other.findHeader("Access-Control-Allow-Origin")).isEmpty();
        assertThat(other.headers()).contains(new HttpHeader("Vary", "Origin"));
    }

    @Test
    void securityHeadersDoNotReplaceTheHandlersOwn() {
        HttpFilter pages = SecurityHeaders.forPages();
        HttpResponse own =
                pages.filter(
                                TestRequest.of("GET", "/"),
                                _ ->
                                        Future.succeededFuture(
                                                HttpResponse.empty(200)
                                                        .withHeader("Referrer-Policy", "origin")))
                        .result();
        assertThat(own.findHeader("Referrer-Policy")).contains("origin");
        assertThat(own.findHeader("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'", "frame-ancestors 'none'");
    }

    @Test
    void onlyTrustedProxiesAreBelieved() {
        TrustedProxies proxies =
                TrustedProxies.parse(List.of("10.0.0.0/8", "192.168.1.4", "fd00::/9"));
        assertThat(proxies.contains("10.255.0.1")).isTrue();
        assertThat(proxies.contains("::ffff:10.255.0.1")).isTrue();
        assertThat(proxies.contains("11.0.0.1")).isFalse();
        assertThat(proxies.contains("192.168.1.5")).isFalse();
        assertThat(proxies.contains("fd7f::1")).isTrue();
        assertThat(proxies.contains("fd80::1")).isFalse();
        assertThat(proxies.contains("localhost")).isFalse();

        List<String> chain = List.of("1.1.1.1", "8.8.8.8", "10.0.0.2");
        assertThat(proxies.caller("10.0.0.1", chain)).isEqualTo("8.8.8.8");
        assertThat(proxies.caller("9.9.9.9", chain)).isEqualTo("9.9.9.9");
        assertThat(proxies.caller("10.0.0.1", List.of("evil"))).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/x", "::/129", ""})
    void whatIsNoNetworkIsNotTrusted(String text) {
        assertThatThrownBy(() -> TrustedProxies.parse(List.of(text)))
                .hasMessageContaining("http.trusted-proxies");
    }

    @ParameterizedTest
    @CsvSource({"abc-1_2.3, true", "a b, false", "a\"b, false", "'', false", "é, false"})
    void requestIdsAreHarmlessInALogLine(String id, boolean wellFormed) {
        assertThat(RequestIds.isWellFormed(id)).isEqualTo(wellFormed);
        assertThat(RequestIds.isWellFormed("x".repeat(128))).isTrue();
        assertThat(RequestIds.isWellFormed("x".repeat(129))).isFalse();
    }

    @Test
    void readinessNamesTheCheckThatFailsAndNoMore() {
        boolean[] draining = {false};
        boolean[] database = {true};
        Router.Builder builder = Router.builder();
        new HealthRoutes(
                        List.of(
                                ReadinessCheck.of("catalog", () -> true),
                                new ReadinessCheck(
                                        "database",
                                        () ->
                                                database[0]
                                                        ? Future.succeededFuture(true)
                                                        : Future.failedFuture("password=x"))),
                        () -> draining[0])
                .addTo(builder);
        Router router = builder.build();
        assertThat(get(router, "/healthz").status()).isEqualTo(200);
        assertThat(get(router, "/readyz").status()).isEqualTo(200);
        database[0] = false;
        HttpResponse failing = get(router, "/readyz");
        assertThat(failing.status()).isEqualTo(503);
        assertThat(failing.body().toString())
                .isEqualTo("{\"status\":\"failing\",\"check\":\"database\"}");
        draining[0] = true;
        assertThat(get(router, "/readyz").body().toString()).isEqualTo("{\"status\":\"draining\"}");
        assertThat(get(router, "/healthz").status()).isEqualTo(200);
    }

    private static HttpResponse get(Router router, String path) {
        return router.handle(TestRequest.of("GET", path)).result();
    }
}
