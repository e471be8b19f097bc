package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.Race;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Browsers that hold a cookie instead of tokens, at the sign-in API.
class CookieSessionsIT {
    private static final String PASSWORD = "correct horse";
    private static Vertx vertx;
    private static DatabaseForTests database;
    private static RunningAuth auth;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        database = PostgresForTests.fresh();
        auth = new RunningAuth(vertx, database);
    }

    @AfterAll
    static void stop() {
        auth.close();
        vertx.close();
    }

    /// A browser of one page: what it was told last.
    private record Browser(RunningAuth on, String cookie, String csrf) {

        static Browser after(RunningAuth on, Answer answer) {
            assertThat(answer.status()).isEqualTo(200);
            return new Browser(on, cookieOf(answer), answer.text("csrf_token"));
        }

        Answer call(String method, String path, String body, String... more) {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("X-Supabase-Api-Version", "2024-01-01");
            headers.put("Cookie", "theme=dark; " + SessionCookie.NAME + "=" + cookie);
            headers.put("Origin", "https://api.example.com");
            headers.put("X-CSRF-Token", csrf);
            for (int i = 0; i < more.length; i += 2) {
                headers.remove(more[i]);
                if (!more[i + 1].isEmpty()) {
                    headers.put(more[i], more[i + 1]);
                }
            }
            return on.call(new SentRequest(method, "/auth/v1" + path, headers, body));
        }

        Answer session() {
            return call("GET", "/session", "");
        }

        boolean isSignedIn() {
            return session().body().findObject("user").isPresent();
        }
    }

    private static Answer asking(RunningAuth on, String path, String body, String... more) {
        Browser nobody = new Browser(on, "none", "");
        String[] headers = new String[more.length + 2];
        System.arraycopy(more, 0, headers, 2, more.length);
        headers[0] = "X-Ashlar-Session";
        headers[1] = "cookie";
        return nobody.call("POST", path, body, headers);
    }

    private static Browser signUp(RunningAuth on, String email) {
        return Browser.after(on, asking(on, "/signup", RunningAuth.credentials(email, PASSWORD)));
    }

    private static Answer signIn(RunningAuth on, String email, String... headers) {
        return asking(
                on,
                "/token?grant_type=password",
                RunningAuth.credentials(email, PASSWORD),
                headers);
    }

    private static String cookieOf(Answer answer) {
        String line = String.valueOf(answer.headers().get("Set-Cookie"));
        assertThat(line)
                .matches(
                        "__Host-ashlar-session=[\\w-]{43}; Path=/; Max-Age=2592000; HttpOnly;"
                                + " Secure; SameSite=Lax");
        return line.substring(line.indexOf('=') + 1, line.indexOf(';'));
    }

    @Test
    void whoeverAsksForACookieGetsNoToken() {
        Browser browser = signUp(auth, "cookie@example.com");
        Answer in = signIn(auth, "cookie@example.com");
        assertThat(in.body().members().keySet()).containsExactly("user", "csrf_token");
        assertThat(in.headers()).containsEntry("Cache-Control", "no-store");
        assertThat(browser.call("GET", "/user", "").text("email")).isEqualTo("cookie@example.com");
        Answer session = browser.session();
        assertThat(session.object("user").findText("email")).contains("cookie@example.com");
        assertThat(session.object("session").findText("aal")).contains("aal1");
        assertThat(session.text("csrf_token")).isEqualTo(browser.csrf());
        assertThat(cookieOf(session)).as("kept for as long again").isEqualTo(browser.cookie());

        assertThat(
                        database.ask(
                                "select count(*) from auth.refresh_tokens t join"
                                        + " auth.session_cookies c using (session_id)"))
                .isEqualTo("0");
        assertThat(database.ask("select string_agg(c::text, ' ') from auth.session_cookies c"))
                .doesNotContain(browser.cookie())
                .doesNotContain(browser.csrf());
    }

    @Test
    void tokensOfASessionBecomeACookie() {
        Answer tokens = auth.signUp("moves@example.com");
        String refresh = "{\"refresh_token\":\"" + tokens.text("refresh_token") + "\"}";
        Browser browser =
                Browser.after(auth, asking(auth, "/token?grant_type=refresh_token", refresh));
        assertThat(browser.isSignedIn()).isTrue();
        assertError(auth.refresh(tokens.text("refresh_token")), 400, "refresh_token_not_found");
    }

    @Test
    void codesEndInACookieToo() {
        try (RunningAuth mails = new RunningAuth(vertx, database, "auth.autoconfirm=false")) {
            String email = "codes@example.com";
            Answer waiting = asking(mails, "/signup", RunningAuth.credentials(email, PASSWORD));
            assertThat(waiting.text("email")).isEqualTo(email);
            assertThat(waiting.headers()).doesNotContainKey("Set-Cookie");
            String code = RunningAuth.code(mails.message(email));
            Answer verified =
                    asking(
                            mails,
                            "/verify",
                            "{\"type\":\"signup\",\"email\":\"%s\",\"token\":\"%s\"}"
                                    .formatted(email, code));
            assertThat(verified.body().members().keySet()).containsExactly("user", "csrf_token");
            assertThat(Browser.after(mails, verified).isSignedIn()).isTrue();
        }
    }

    @Test
    void nobodyIsAnAnswer() {
        for (String cookie : List.of("", "short", "A".repeat(43), "x".repeat(5_000))) {
            Answer nobody = new Browser(auth, cookie, "").session();
            assertThat(nobody.status()).isEqualTo(200);
            assertThat(nobody.body().members())
                    .containsEntry("user", JsonNull.NULL)
                    .containsEntry("csrf_token", JsonNull.NULL);
        }
        assertThat(new Browser(auth, "A".repeat(43), "").session().headers())
                .as("one that is over is taken away")
                .containsEntry(
                        "Set-Cookie",
                        "__Host-ashlar-session=; Path=/; Max-Age=0; HttpOnly; Secure;"
                                + " SameSite=Lax");
        assertError(
                new Browser(auth, "A".repeat(43), "").call("GET", "/user", ""),
                401,
                "session_not_found");
    }

    @Test
    void changesNeedAPageOfOursAndItsToken() {
        Browser browser = signUp(auth, "csrf@example.com");
        Browser other = signUp(auth, "csrf-other@example.com");
        String data = "{\"data\":{\"colour\":\"red\"}}";
        for (String token : List.of("", "wrong", other.csrf(), browser.csrf() + "0")) {
            assertError(
                    browser.call("PUT", "/user", data, "X-CSRF-Token", token),
                    403,
                    "csrf_token_invalid");
        }
        for (String origin :
                List.of(
                        "",
                        "null",
                        "https://evil.example",
                        "https://api.example.com.evil.example",
                        "https://evil.api.example.com",
                        "http://api.example.com")) {
            assertError(
                    browser.call("PUT", "/user", data, "Origin", origin),
                    403,
                    "origin_not_allowed");
        }
        assertError(
                browser.call("PUT", "/user", data, "Origin", "", "Sec-Fetch-Site", "cross-site"),
                403,
                "origin_not_allowed");
        assertError(
                browser.call("PUT", "/user", data, "Origin", "", "Sec-Fetch-Site", "same-site"),
                403,
                "origin_not_allowed");
        assertError(
                browser.call("POST", "/logout", "", "X-CSRF-Token", ""), 403, "csrf_token_invalid");
        assertThat(browser.isSignedIn()).isTrue();

        assertThat(browser.call("PUT", "/user", data).status()).isEqualTo(200);
        assertThat(browser.call("PUT", "/user", data, "Origin", "https://app.example.com").status())
                .isEqualTo(200);
        assertThat(
                        browser.call(
                                        "PUT",
                                        "/user",
                                        data,
                                        "Origin",
                                        "https://name-outside.example",
                                        "Sec-Fetch-Site",
                                        "same-origin")
                                .status())
                .as("behind a proxy that calls us by another name")
                .isEqualTo(200);
    }

    @Test
    void whatChangesSomethingByGetNeedsTheTokenToo() {
        try (RunningAuth linking =
                new RunningAuth(vertx, database, "auth.social.manual-linking=true")) {
            Browser browser = signUp(linking, "gets@example.com");
            for (String path :
                    List.of("/reauthenticate", "/user/identities/authorize?provider=github")) {
                assertError(
                        browser.call("GET", path, "", "X-CSRF-Token", ""),
                        403,
                        "csrf_token_invalid");
                assertError(
                        browser.call("GET", path, "", "Origin", "https://evil.example"),
                        403,
                        "origin_not_allowed");
            }
            assertThat(browser.call("GET", "/reauthenticate", "").status()).isEqualTo(200);
        }
    }

    @Test
    void noOtherSitesPageSignsABrowserIn() {
        auth.signUp("victim@example.com");
        for (String origin : List.of("", "https://evil.example")) {
            assertError(
                    signIn(auth, "victim@example.com", "Origin", origin),
                    403,
                    "origin_not_allowed");
        }
        assertThat(
                        database.ask(
                                "select count(*) from auth.sessions s join auth.users u on u.id ="
                                        + " s.user_id where email = 'victim@example.com'"))
                .as("refused before anything was done")
                .isEqualTo("1");
    }

    @Test
    void aCookieOfTheClientsIsNeverTakenOver() {
        auth.signUp("fixed@example.com");
        String planted = "B".repeat(43);
        Browser browser =
                Browser.after(
                        auth,
                        signIn(
                                auth,
                                "fixed@example.com",
                                "Cookie",
                                SessionCookie.NAME + "=" + planted));
        assertThat(browser.cookie()).isNotEqualTo(planted);
        assertThat(new Browser(auth, planted, "").isSignedIn()).isFalse();
        assertThat(
                        browser.call(
                                        "GET",
                                        "/session",
                                        "",
                                        "Cookie",
                                        SessionCookie.NAME
                                                + "="
                                                + planted
                                                + "; "
                                                + SessionCookie.NAME
                                                + "="
                                                + browser.cookie())
                                .body()
                                .findObject("user"))
                .as("of two nobody knows which is the browser's own")
                .isEmpty();
    }

    @Test
    void aSignInReplacesTheSessionThatTheBrowserHad() {
        Browser first = signUp(auth, "twice@example.com");
        assertThat(first.isSignedIn()).isTrue();
        Browser second =
                Browser.after(
                        auth,
                        signIn(
                                auth,
                                "twice@example.com",
                                "Cookie",
                                SessionCookie.NAME + "=" + first.cookie()));
        Answer late = first.session();
        assertThat(late.body().findObject("user")).isEmpty();
        assertThat(late.headers())
                .as("a late answer does not take the new cookie away")
                .doesNotContainKey("Set-Cookie");
        assertThat(second.isSignedIn()).isTrue();
        assertThat(
                        database.ask(
                                "select count(*) from auth.sessions s join auth.users u on u.id ="
                                        + " s.user_id where email = 'twice@example.com'"))
                .isEqualTo("1");
    }

    @Test
    void aSecondFactorChangesTheCookie() {
        Browser browser = signUp(auth, "raise@example.com");
        Answer enrolled =
                browser.call(
                        "POST", "/factors", "{\"factor_type\":\"totp\",\"friendly_name\":\"app\"}");
        String factor = "/factors/" + enrolled.text("id");
        String challenge = browser.call("POST", factor + "/challenge", "{}").text("id");
        String secret = enrolled.object("totp").findText("secret").orElseThrow();
        String proof =
                "{\"challenge_id\":\"%s\",\"code\":\"%s\"}"
                        .formatted(challenge, TestTotp.code(secret, auth.now()));
        List<Answer> answers = Race.of(6, () -> browser.call("POST", factor + "/verify", proof));
        List<Answer> good = answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(good).as("a code is good once").hasSize(1);
        assertThat(good.getFirst().body().members().keySet())
                .as("without asking: who came by cookie goes on by cookie")
                .containsExactly("user", "csrf_token");
        Browser raised = Browser.after(auth, good.getFirst());
        assertThat(raised.cookie()).isNotEqualTo(browser.cookie());
        assertThat(raised.csrf()).isNotEqualTo(browser.csrf());
        assertThat(raised.session().object("session").findText("aal")).contains("aal2");
        assertError(browser.call("GET", "/user", ""), 401, "session_not_found");
        assertThat(browser.session().headers()).doesNotContainKey("Set-Cookie");
        assertThat(raised.call("PUT", "/user", "{\"password\":\"another horse\"}").status())
                .isEqualTo(200);
    }

    @Test
    void manySignInsOfOneBrowserAtOnceEachGetACookieOfTheirOwn() {
        Browser first = signUp(auth, "race@example.com");
        List<Answer> answers =
                Race.of(
                        12,
                        () ->
                                signIn(
                                        auth,
                                        "race@example.com",
                                        "Cookie",
                                        SessionCookie.NAME + "=" + first.cookie()));
        Set<String> cookies =
                answers.stream().map(CookieSessionsIT::cookieOf).collect(Collectors.toSet());
        assertThat(cookies).hasSize(12).doesNotContain(first.cookie());
        assertThat(first.isSignedIn()).isFalse();
        assertThat(cookies).allMatch(cookie -> new Browser(auth, cookie, "").isSignedIn());
    }

    @Test
    void aSignOutWhileTheCookieIsInUseEndsIt() {
        Browser browser = signUp(auth, "busy@example.com");
        List<Integer> statuses =
                Race.of(
                        16,
                        () ->
                                Thread.currentThread().threadId() % 4 == 0
                                        ? browser.call("POST", "/logout?scope=local", "").status()
                                        : browser.call("GET", "/user", "").status());
        assertThat(statuses).allMatch(status -> Set.of(200, 204, 401, 403).contains(status));
        Answer out = browser.call("POST", "/logout", "");
        assertThat(out.status()).isIn(204, 401, 403);
        assertError(browser.call("GET", "/user", ""), 401, "session_not_found");
        assertThat(browser.isSignedIn()).isFalse();
    }

    /// It is between the two looks at the session: the second one waits for its end.
    @Test
    void aSignOutWhileTheSessionIsMarkedEndsIt() {
        try (RunningAuth later = new RunningAuth(vertx, database)) {
            Browser browser = signUp(later, "between@example.com");
            later.pass(Duration.ofMinutes(2));
            CompletableFuture<Answer> asked =
                    later.database()
                            .transaction(tx -> {
                                tx.execute(
                                        SqlText.of(
                                                "delete from auth.sessions s using auth.users u where"
                                                        + " u.id = s.user_id and u.email = $1",
                                                "between@example.com"));
                                CompletableFuture<Answer> call =
                                        CompletableFuture.supplyAsync(
                                                () -> browser.call("GET", "/user", ""));
                                awaitOneThatWaits();
                                return call;
                            });
            assertError(asked.join(), 401, "session_not_found");
        }
    }

    private static void awaitOneThatWaits() {
        Instant end = Instant.now().plusSeconds(30);
        while ("0"
                .equals(
                        database.ask(
                                "select count(*) from pg_stat_activity where datname = current_database()"
                                        + " and wait_event_type = 'Lock'"))) {
            assertThat(Instant.now()).isBefore(end);
        }
    }

    @Test
    void aSignOutTakesTheCookieAway() {
        Browser browser = signUp(auth, "out@example.com");
        Browser elsewhere = Browser.after(auth, signIn(auth, "out@example.com"));
        Answer others = browser.call("POST", "/logout?scope=others", "");
        assertThat(others.status()).isEqualTo(204);
        assertThat(others.headers()).doesNotContainKey("Set-Cookie");
        assertThat(browser.isSignedIn()).isTrue();
        assertError(elsewhere.call("GET", "/user", ""), 401, "session_not_found");
        Answer out = browser.call("POST", "/logout", "");
        assertThat(out.status()).isEqualTo(204);
        assertThat(out.headers().get("Set-Cookie")).contains("Max-Age=0");
        assertThat(browser.isSignedIn()).isFalse();
    }

    /// The second node is told, here by hand, and knows the cookie from before.
    @Test
    void whatEndsOnOneNodeEndsOnTheOther() {
        try (RunningAuth two = new RunningAuth(vertx, database)) {
            Browser browser = signUp(auth, "nodes@example.com");
            Browser there = new Browser(two, browser.cookie(), browser.csrf());
            assertThat(there.isSignedIn()).isTrue();
            assertThat(two.domain().cookies().findRemembered(browser.cookie())).isPresent();
            browser.call("POST", "/logout", "");
            two.domain().upkeep().reload();
            assertThat(two.domain().cookies().findRemembered(browser.cookie())).isEmpty();
            assertError(there.call("GET", "/user", ""), 401, "session_not_found");

            Browser banned = Browser.after(auth, signIn(auth, "nodes@example.com"));
            String id = banned.session().object("user").findText("id").orElseThrow();
            assertThat(two.domain().cookies().find(banned.cookie())).isPresent();
            ban(id, "24h");
            two.domain().upkeep().reload();
            assertThat(two.domain().cookies().find(banned.cookie())).isEmpty();
            ban(id, "none");
            assertThat(two.domain().cookies().find(banned.cookie()))
                    .as("a ban has ended the session")
                    .isEmpty();
        }
    }

    private static void ban(String id, String duration) {
        assertThat(
                        auth.call(
                                        "PUT",
                                        "/admin/users/" + id,
                                        auth.serviceKey(),
                                        "{\"ban_duration\":\"" + duration + "\"}")
                                .status())
                .isEqualTo(200);
    }

    @Test
    void sessionsEndInTimeAsWithTokens() {
        try (RunningAuth moving =
                new RunningAuth(
                        vertx,
                        database,
                        "auth.session-inactivity=1h",
                        "auth.session-timebox=4h",
                        "auth.token-lifetime=10m")) {
            Browser browser = signUp(moving, "time@example.com");
            for (int i = 0; i < 4; i++) {
                moving.pass(Duration.ofMinutes(50));
                assertThat(browser.isSignedIn()).as("it is used, though tokens are over").isTrue();
            }
            moving.pass(Duration.ofMinutes(50));
            assertThat(browser.isSignedIn()).as("beyond its longest life").isFalse();

            Browser idle = Browser.after(moving, signIn(moving, "time@example.com"));
            moving.pass(Duration.ofMinutes(61));
            assertThat(idle.isSignedIn()).isFalse();
        }
    }

    @Test
    void aBearerTokenWinsUnlessItIsTheApiKey() {
        Browser browser = signUp(auth, "both@example.com");
        Answer token = auth.signUp("bearer@example.com");
        String bearer = "Bearer " + token.text("access_token");
        assertThat(browser.call("GET", "/user", "", "Authorization", bearer).text("email"))
                .isEqualTo("bearer@example.com");
        assertThat(
                        browser.call(
                                        "PUT",
                                        "/user",
                                        "{\"data\":{}}",
                                        "Authorization",
                                        bearer,
                                        "X-CSRF-Token",
                                        "")
                                .status())
                .as("a page of another site cannot add a token that it does not have")
                .isEqualTo(200);
        assertThat(
                        browser.call(
                                        "GET",
                                        "/user",
                                        "",
                                        "Authorization",
                                        "Bearer " + auth.anonKey(),
                                        "apikey",
                                        auth.anonKey())
                                .text("email"))
                .isEqualTo("both@example.com");
    }

    @Test
    void cookiesCanBeSwitchedOff() {
        try (RunningAuth off = new RunningAuth(vertx, database, "auth.cookies.enabled=false")) {
            assertError(
                    asking(off, "/signup", RunningAuth.credentials("off@example.com", PASSWORD)),
                    400,
                    "validation_failed");
            Browser browser = signUp(auth, "off@example.com");
            Browser there = new Browser(off, browser.cookie(), browser.csrf());
            assertThat(there.isSignedIn()).isFalse();
            assertError(there.call("GET", "/user", ""), 401, "no_authorization");
        }
    }

    @Test
    void whatIsRememberedCostsTheDatabaseNothing() {
        Browser browser = signUp(auth, "memory@example.com");
        List<Optional<String>> tokens =
                Race.of(20, () -> auth.domain().cookies().find(browser.cookie()));
        assertThat(Set.copyOf(tokens)).as("one asks, the others wait").hasSize(1);
        JsonObject claims = AuthIT.claims(tokens.getFirst().orElseThrow());
        assertThat(claims.findText("email")).contains("memory@example.com");
        assertThat(IntStream.range(0, 100))
                .allMatch(
                        _ -> auth.domain().cookies().findRemembered(browser.cookie()).isPresent());
    }
}
