package dev.ashlar.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesIT {
    @TempDir private Path folder;
    private RunningServer running;
    private RawClient client;

    @BeforeEach
    void start() throws Exception {
        Path site = Files.createDirectories(folder.resolve("site"));
        Files.writeString(site.resolve("index.html"), "<p>home</p>");
        Files.createDirectories(site.resolve("js"));
        Files.writeString(site.resolve("js/app ü.js"), "run()");
        Files.writeString(site.resolve(".env"), "secret");
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(site.resolve("out.txt"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(site.resolve("up"), folder);
        Files.createSymbolicLink(site.resolve("in.html"), site.resolve("index.html"));
        StaticFiles files = new StaticFiles(site, Duration.ZERO, new BlockingCalls(8));
        running =
                RunningServer.start(
                        RunningServer.config(),
                        Router.builder()
                                .mount(
                                        "/",
                                        files,
                                        PlainProblems.RENDERER,
                                        SecurityHeaders.forPages())
                                .build());
        client = running.client();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        running.close();
    }

    @Test
    void servesFilesWithTheirTypes() throws Exception {
        RawClient.Answer home = client.request("GET", "/").read();
        assertThat(home.body()).isEqualTo("<p>home</p>");
        assertThat(home.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(home.header("content-security-policy")).contains("default-src 'self'");
        assertThat(home.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(home.header("cache-control")).isEqualTo("no-cache");

        RawClient.Answer script = client.request("GET", "/js/app%20%C3%BC.js").read();
        assertThat(script.body()).isEqualTo("run()");
        assertThat(script.header("content-type")).startsWith("text/javascript");
        assertThat(client.request("GET", "/in.html").read().body()).isEqualTo("<p>home</p>");

        RawClient.Answer head = client.request("HEAD", "/index.html").read("HEAD");
        assertThat(head.header("content-length")).isEqualTo("11");
        assertThat(client.request("POST", "/").read().status()).isEqualTo(405);
    }

    @Test
    void whoHasItAlreadyIsToldSo() throws Exception {
        RawClient.Answer first = client.request("GET", "/").read();
        String tag = "If-None-Match: " + first.header("etag");
        String date = "If-Modified-Since: " + first.header("last-modified");
        assertThat(client.request("GET", "/", tag).read().status()).isEqualTo(304);
        assertThat(client.request("GET", "/", date).read().status()).isEqualTo(304);
        assertThat(client.request("GET", "/", "If-None-Match: \"other\"", date).read().status())
                .isEqualTo(200);

        Files.writeString(folder.resolve("site/index.html"), "<p>changed</p>");
        RawClient.Answer changed = client.request("GET", "/", tag).read();
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo("<p>changed</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret.txt",
                "/%2e%2e/secret.txt",
                "/..%2fsecret.txt",
                "/js/..%2f..%2fsecret.txt",
                "/js/%2e%2e%2f%2e%2e%2fsecret.txt",
                "/..%5csecret.txt",
                "/out.txt",
                "/up/secret.txt",
                "/up/site/index.html/../../secret.txt",
                "/.env",
                "/%2eenv",
                "/index.html%00.txt",
                "/js",
                "/missing.html",
                "//etc/passwd",
                "/%2fetc%2fpasswd"
            })
    void nothingElseCanBeReached(String path) throws Exception {
        RawClient.Answer answer = client.request("GET", path).read();
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isNotEqualTo("secret");
    }
}
