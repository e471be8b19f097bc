package dev.ashlar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.Race;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers on one database, and a browser that holds nothing but a cookie, at the data API.
class CookiesOnTwoNodesIT {
    private static final String COOKIE = "__Host-ashlar-session";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir static Path folder;
    private static DatabaseForTests database;
    private static App one;
    private static App two;

    @BeforeAll
    static void start() throws IOException {
        Path migrations = Files.createDirectory(folder.resolve("migrations"));
        Files.writeString(
                migrations.resolve("20260101000000_notes.sql"),
                """
                create table public.notes (
                  id int generated always as identity primary key,
                  owner uuid not null default auth.uid(), text text);
                create policy own on public.notes for all to authenticated
                  using (owner = (select auth.uid())) with check (owner = (select auth.uid()));
                grant select, insert on public.notes to authenticated;
                create function public.jot() returns text language sql volatile as
                  $$ insert into public.notes (text) values ('jotted') returning text $$;
                create function public.heard() returns json language sql stable as
                  $$ select json_build_object('cookies', current_setting('request.cookies'),
                    'who', auth.uid()) $$;
                """);
        database = PostgresForTests.fresh();
        String cors = "http.cors-origins=https://app.example.com";
        one = AppOnDatabase.start(folder, database, cors);
        two = AppOnDatabase.start(folder, database, cors);
    }

    @AfterAll
    static void stop() {
        two.stop();
        one.stop();
    }

    private record Browser(String cookie, String csrf) {}

    @Test
    void theDataApiActsForWhoeverHoldsTheCookie() {
        Browser browser = signUp("data@example.com");
        HttpResponse<String> made =
                send(one, "POST", "/rest/v1/notes", browser, "{\"text\":\"mine\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        for (App node : List.of(one, two)) {
            HttpResponse<String> read = get(node, "/rest/v1/notes?select=text", browser);
            assertThat(read.body()).isEqualTo("[{\"text\":\"mine\"}]");
            assertThat(read.headers().allValues("Cache-Control"))
                    .containsExactly("private, no-cache");
            assertThat(String.join(",", read.headers().allValues("Vary"))).contains("Cookie");
        }
        assertThat(get(one, "/rest/v1/notes", signUp("data-other@example.com")).body())
                .isEqualTo("[]");
        assertThat(get(one, "/rest/v1/rpc/heard", browser).body())
                .as("the database's code does not see the cookie")
                .contains("theme")
                .doesNotContain(browser.cookie())
                .doesNotContain("\"who\" : null");
    }

    @Test
    void writesNeedAPageOfOursAndReadsAreNone() {
        Browser browser = signUp("forged@example.com");
        assertThat(get(one, "/rest/v1/rpc/jot", browser).statusCode())
                .as("what is asked by GET cannot write")
                .isEqualTo(405);
        for (List<String> headers :
                List.of(
                        List.of("Origin", "https://evil.example", "X-CSRF-Token", browser.csrf()),
                        List.of("X-CSRF-Token", browser.csrf()),
                        List.of("Origin", origin(one)),
                        List.of("Origin", origin(one), "X-CSRF-Token", "0".repeat(64)),
                        List.of("Sec-Fetch-Site", "cross-site", "X-CSRF-Token", browser.csrf()))) {
            HttpResponse<String> answer =
                    ask(one, "POST", "/rest/v1/rpc/jot", browser.cookie(), headers, "{}");
            assertThat(answer.statusCode()).as(headers + answer.body()).isEqualTo(403);
            assertThat(answer.body()).contains("ASHLAR403");
        }
        assertThat(get(one, "/rest/v1/notes", browser).body()).isEqualTo("[]");
        assertThat(send(one, "POST", "/rest/v1/rpc/jot", browser, "{}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aCookieThatIsOverIsRefusedNotPassedOver() {
        HttpResponse<String> answer = get(one, "/rest/v1/notes", new Browser("C".repeat(43), ""));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("PGRST301").contains("has ended");
    }

    @Test
    void credentialsOfOtherOriginsAreTakenFromNamedOnesOnly() {
        Browser browser = signUp("cors@example.com");
        HttpResponse<String> named =
                ask(
                        one,
                        "GET",
                        "/rest/v1/notes",
                        browser.cookie(),
                        List.of("Origin", "https://app.example.com"),
                        "");
        assertThat(named.headers().firstValue("Access-Control-Allow-Credentials")).contains("true");
        HttpResponse<String> other =
                ask(
                        one,
                        "GET",
                        "/rest/v1/notes",
                        browser.cookie(),
                        List.of("Origin", "https://evil.example"),
                        "");
        assertThat(other.headers().map())
                .doesNotContainKeys(
                        "access-control-allow-credentials", "access-control-allow-origin");
    }

    /// The table is out of reach: what is answered comes from memory.
    @Test
    void aRememberedCookieNeedsNoLookIntoTheDatabase() {
        Browser browser = signUp("remembered@example.com");
        assertThat(get(one, "/rest/v1/notes", browser).statusCode()).isEqualTo(200);
        database.executeAs(
                "supabase_auth_admin", "alter table auth.session_cookies rename to hidden_cookies");
        try {
            assertThat(get(one, "/rest/v1/notes", browser).statusCode()).isEqualTo(200);
            assertThat(get(two, "/rest/v1/notes", browser).statusCode())
                    .as("which this node has not seen yet")
                    .isEqualTo(500);
        } finally {
            database.executeAs(
                    "supabase_auth_admin",
                    "alter table auth.hidden_cookies rename to session_cookies");
        }
    }

    @Test
    void aSignOutIsHeardByTheOtherNodeWhileTheCookieIsInUse() {
        Browser browser = signUp("leaving@example.com");
        assertThat(get(two, "/rest/v1/notes", browser).statusCode()).isEqualTo(200);
        AtomicBoolean out = new AtomicBoolean();
        List<List<Integer>> seen =
                Race.of(
                        4,
                        () -> {
                            List<Integer> statuses = new ArrayList<>();
                            if (Thread.currentThread().threadId() % 2 == 0
                                    && out.compareAndSet(false, true)) {
                                statuses.add(
                                        send(one, "POST", "/auth/v1/logout", browser, "")
                                                .statusCode());
                            }
                            statuses.addAll(untilRefused(two, browser));
                            return statuses;
                        });
        if (out.compareAndSet(false, true)) {
            send(one, "POST", "/auth/v1/logout", browser, "");
        }
        assertThat(untilRefused(two, browser)).last().isEqualTo(401);
        assertThat(seen.stream().flatMap(List::stream).toList())
                .allMatch(status -> status == 200 || status == 204 || status == 401);
        assertThat(get(one, "/rest/v1/notes", browser).statusCode()).isEqualTo(401);
    }

    @Test
    void aBanIsHeardByTheOtherNode() {
        Browser browser = signUp("banned@example.com");
        assertThat(get(two, "/rest/v1/notes", browser).statusCode()).isEqualTo(200);
        database.executeAs(
                "supabase_auth_admin",
                "update auth.users set banned_until = now() + interval '1 day'"
                        + " where email = 'banned@example.com'");
        assertThat(untilRefused(two, browser)).last().isEqualTo(401);
        assertThat(untilRefused(one, browser)).last().isEqualTo(401);
    }

    /// Well before a node would look by itself.
    private static List<Integer> untilRefused(App node, Browser browser) {
        List<Integer> statuses = new ArrayList<>();
        Instant end = Instant.now().plus(Duration.ofSeconds(5));
        do {
            statuses.add(get(node, "/rest/v1/notes", browser).statusCode());
        } while (statuses.getLast() == 200 && Instant.now().isBefore(end));
        return statuses;
    }

    private static Browser signUp(String email) {
        HttpResponse<String> answer =
                ask(
                        one,
                        "POST",
                        "/auth/v1/signup",
                        "none",
                        List.of("Origin", origin(one), "X-Ashlar-Session", "cookie"),
                        "{\"email\":\"" + email + "\",\"password\":\"correct horse\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("access_token").doesNotContain("refresh_token");
        return new Browser(
                find(answer.headers().firstValue("Set-Cookie").orElseThrow(), COOKIE + "=([^;]+)"),
                find(answer.body(), "\"csrf_token\":\"(\\w+)\""));
    }

    private static String find(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(1);
    }

    private static HttpResponse<String> get(App node, String path, Browser browser) {
        return ask(node, "GET", path, browser.cookie(), List.of(), "");
    }

    private static HttpResponse<String> send(
            App node, String method, String path, Browser browser, String body) {
        return ask(
                node,
                method,
                path,
                browser.cookie(),
                List.of("Origin", origin(node), "X-CSRF-Token", browser.csrf()),
                body);
    }

    private static HttpResponse<String> ask(
            App node,
            String method,
            String path,
            String cookie,
            List<String> headers,
            String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin(node) + path))
                        .method(method, BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json")
                        .header("Cookie", "theme=dark; " + COOKIE + "=" + cookie)
                        .header("apikey", node.keys().apiKeys().anon());
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String origin(App node) {
        return "http://127.0.0.1:" + node.port();
    }
}
