package dev.ashlar.auth.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.config.Place;
import dev.ashlar.auth.config.RedirectPattern;
import dev.ashlar.auth.config.RedirectUrl;
import dev.ashlar.config.Binder;
import dev.ashlar.config.ConfigSources;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedirectAllowListTest {
    private static final String SITE = "https://good.example/app";

    record Sections(AuthConfig auth) {}

    static RedirectAllowList list(String... patterns) {
        return list(Place.Reach.NETWORK, patterns);
    }

    private static RedirectAllowList list(Place.Reach reach, String... patterns) {
        Path here = Path.of("").toAbsolutePath();
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("auth.site-url", SITE);
        flags.put("auth.redirect-urls", String.join(",", patterns));
        Sections sections =
                Binder.bind(
                                Sections.class,
                                new ConfigSources(
                                        flags,
                                        Map.of(),
                                        Optional.empty(),
                                        Map.of(),
                                        Set.of(),
                                        new ConfigSources.Folders(here, here)))
                        .config();
        return new RedirectAllowList(
                sections.auth(), new Place("http://localhost:8000/auth/v1", reach));
    }

    private static void allowed(RedirectAllowList list, String url) {
        assertThat(list.findAllowed(url)).as(url).isPresent();
    }

    private static void refused(RedirectAllowList list, String url) {
        assertThat(list.findAllowed(url)).as(url).isEmpty();
        assertThat(list.choose(Optional.of(url)).text()).isEqualTo(SITE);
    }

    @Test
    void theSitesOwnOriginIsAllowedAndNothingElseUnlessNamed() {
        RedirectAllowList list = list();
        allowed(list, "https://good.example/");
        allowed(list, "https://GOOD.example:443/anything/at?all=1#x");
        refused(list, "http://good.example/");
        refused(list, "https://good.example:8443/");
        refused(list, "https://sub.good.example/");
        refused(list, "https://good.example.evil.example/");
        assertThat(list.choose(Optional.empty()).text()).isEqualTo(SITE);
    }

    @Test
    void aServerOnOnesOwnMachineMayServeThePageItself() {
        RedirectAllowList here = list(Place.Reach.THIS_MACHINE);
        allowed(here, "http://localhost:8000/");
        allowed(here, "http://127.0.0.1:8000/x");
        refused(here, "http://localhost:8001/");
        refused(here, "https://localhost:8000/");
        refused(list(), "http://localhost:8000/");
    }

    @Test
    void wildcardsMeanWhatUsersOfTheDialectKnow() {
        RedirectAllowList star = list("http://localhost:3000/*");
        allowed(star, "http://localhost:3000/foo");
        allowed(star, "http://localhost:3000/");
        allowed(star, "http://localhost:3000");
        refused(star, "http://localhost:3000/foo/bar");
        refused(star, "http://localhost:3000/foo.html");
        RedirectAllowList all =
                list("http://localhost:3000/**", "https://*-team.vercel.example/**");
        allowed(all, "http://localhost:3000/foo/bar.html?a=b&c=/d");
        allowed(all, "https://branch-team.vercel.example/x");
        refused(all, "https://a.b-team.vercel.example/x");
        RedirectAllowList one = list("https://x.example/?", "https://x.example/[a-c]/[!0-9]z");
        allowed(one, "https://x.example/q");
        refused(one, "https://x.example/qq");
        allowed(one, "https://x.example/b/yz");
        refused(one, "https://x.example/d/yz");
        refused(one, "https://x.example/b/1z");
        // A list in a flag is split at commas; in the file, alternatives are one entry.
        RedirectPattern choice = RedirectPattern.parse("https://x.example/{one,two}/\\*");
        assertThat(choice.matches(RedirectUrl.find("https://x.example/two/*").orElseThrow()))
                .isTrue();
        assertThat(choice.matches(RedirectUrl.find("https://x.example/two/x").orElseThrow()))
                .isFalse();
    }

    @Test
    void appsOnDevicesHaveSchemesOfTheirOwn() {
        RedirectAllowList list = list("com.example.app://login-callback", "myapp://**");
        allowed(list, "com.example.app://login-callback");
        refused(list, "com.example.app://other");
        allowed(list, "myapp://anything/at/all");
        allowed(list, "myapp:///callback");
        refused(list, "myapp:callback");
        refused(list, "otherapp://anything");
    }

    @Test
    void addressesOfNetworksMayHaveWildcards() {
        RedirectAllowList list = list("exp://192.168.0.*:*/--/**", "http://192.168.1.*:3000/**");
        allowed(list, "http://192.168.1.17:3000/x");
        refused(list, "http://192.168.1.evil.example:3000/x");
        allowed(list, "exp://192.168.0.9:19000/--/auth");
    }

    @Test
    void patternsThatWouldOpenEverythingStopTheStart() {
        for (String pattern :
                List.of(
                        "**",
                        "*",
                        "https://**",
                        "https://*",
                        "*://good.example",
                        "javascript://**",
                        "data://x",
                        "https://good.*/",
                        "https://good.example*/x",
                        "https://good.example**",
                        "https://me@good.example/",
                        "good.example/x",
                        "https://x.example/[a",
                        "https://x.example/{a",
                        "https://x.example/\\")) {
            assertThatThrownBy(() -> RedirectPattern.parse(pattern))
                    .as(pattern)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("auth.redirect-urls");
        }
    }

    @Test
    void tricksLeadToTheSite() {
        RedirectAllowList list = list("https://*.good.example/**", "https://good.example/app/**");
        for (String url :
                List.of(
                        "https://good.example@evil.example/",
                        "https://good.example:x@evil.example/",
                        "https://good.example%40evil.example/",
                        "https://good.example\\@evil.example/",
                        "https://evil.example\\.good.example/",
                        "https://evil.example\\good.example/",
                        "https://evil.example#@good.example/",
                        "https://evil.example/.good.example/x",
                        "https://evil.example?.good.example/x",
                        "https://evil.example#.good.example/x",
                        "https://evil.example%2f.good.example/x",
                        "https://evil.example%23.good.example/x",
                        "https://evil.example:80.good.example/x",
                        "//good.example/",
                        "//evil.example/",
                        "///evil.example/",
                        "/\\evil.example",
                        "/evil",
                        "evil.example",
                        "https:evil.example",
                        "https:/evil.example",
                        "https:///evil.example",
                        "https:\\\\evil.example",
                        "https://good.example\t.evil.example/",
                        "https://good.\nexample/",
                        "\thttps://good.example/",
                        " https://good.example/",
                        "https://good.example /",
                        "https://good.example\u0000.evil.example/",
                        "https://good.example\u3002evil.example/",
                        "https://good\uff0eexample/",
                        "https://\uff47ood.example/",
                        "https://g\u043eod.example/",
                        "https://good.example\u2044@evil.example/",
                        "https://good.example\u200b/",
                        "https://good.example\u202e/",
                        "https://xn--good.example.evil.example/",
                        "https://good.example./",
                        "https://good.example..evil.example/",
                        "javascript:alert(1)",
                        "JaVaScRiPt:alert(1)",
                        "java\tscript:alert(1)",
                        "javascript://good.example/%0aalert(1)",
                        "data:text/html,x",
                        "data://good.example/x",
                        "vbscript:x",
                        "file://good.example/etc/passwd",
                        "blob:https://good.example/x",
                        "view-source:https://good.example/",
                        "https://[::1]@good.example/",
                        "https://0x7f.1/",
                        "https://good.example:99999/",
                        "https://good.example:0/",
                        "https://good.example:-1/",
                        "https://a.good.example/x/../../y",
                        "https://a.good.example/x/%2e%2e/y",
                        "https://a.good.example/x/.%2E/y",
                        "https://a.good.example/./y",
                        "https://good.example/%zz",
                        "https://a.good.example/" + "x".repeat(3_000),
                        "")) {
            refused(list, url);
        }
    }

    /// Whatever is put together of pieces that confuse readers of URLs: an allowed one leads to an
    /// allowed host, in the reading of browsers.
    @Test
    void noMixtureOfTricksLeadsElsewhere() {
        RedirectAllowList list = list("https://*.good.example/**", "myapp://cb/**");
        List<String> pieces =
                List.of(
                        "https:",
                        "http:",
                        "myapp:",
                        "javascript:",
                        "//",
                        "/",
                        "\\",
                        "@",
                        ":",
                        "#",
                        "?",
                        "good.example",
                        "evil.example",
                        "a.good.example",
                        ".good.example",
                        ".",
                        "..",
                        "%2e",
                        "%2f",
                        "%40",
                        "%5c",
                        "%00",
                        "\t",
                        "\n",
                        "\r",
                        " ",
                        "\u3002",
                        "\uff0f",
                        "\u200d",
                        "[",
                        "]",
                        "::1",
                        "443",
                        "8080",
                        "x",
                        "&",
                        ";",
                        "*",
                        "\u00e9",
                        "\ud83d\ude00");
        Random random = new Random(4_711);
        int passed = 0;
        for (int i = 0; i < 300_000; i++) {
            StringBuilder url = new StringBuilder(i % 3 == 0 ? "" : "https://");
            int count = 1 + random.nextInt(7);
            for (int piece = 0; piece < count; piece++) {
                url.append(pieces.get(random.nextInt(pieces.size())));
            }
            Optional<RedirectTarget> target = list.findAllowed(url.toString());
            if (target.isPresent()) {
                passed++;
                String text = target.get().text();
                assertThat(browserHost(text))
                        .as("%s of %s", text, url)
                        .matches("https://([a-z0-9_-]+\\.)?good\\.example(:443)?|myapp://cb");
            }
        }
        assertThat(passed).as("the test must let some through").isGreaterThan(1_000);
    }

    /// Scheme and authority as the URL Standard of WHATWG reads them: blanks around and tabs within
    /// dropped, a backslash is a slash, the authority ends at the first slash, mark or hash, and
    /// the host follows the last @.
    private static String browserHost(String text) {
        String url = text.strip().replaceAll("[\t\r\n]", "").replace('\\', '/');
        int colon = url.indexOf(':');
        String scheme = url.substring(0, colon);
        String after = url.substring(colon + 1).replaceFirst("^/*", "");
        String authority = after.split("[/?#]", 2)[0];
        return scheme + "://" + authority.substring(authority.lastIndexOf('@') + 1);
    }

    @Test
    void parametersAreAddedWhereTheyBelong() {
        RedirectAllowList list = list();
        Map<String, String> code = Map.of("code", "a b&c");
        RedirectTarget plain = list.findAllowed("https://good.example").orElseThrow();
        assertThat(plain.withQuery(code)).isEqualTo("https://good.example/?code=a+b%26c");
        RedirectTarget full = list.findAllowed("https://good.example/x?y=1#/page").orElseThrow();
        assertThat(full.withQuery(code)).isEqualTo("https://good.example/x?y=1&code=a+b%26c#/page");
        assertThat(full.withFragment(code)).isEqualTo("https://good.example/x?y=1#code=a+b%26c");
        assertThat(full.withQueryAndFragment(code))
                .isEqualTo("https://good.example/x?y=1&code=a+b%26c#code=a+b%26c");
        assertThat(URI.create(full.withQuery(code)).getHost()).isEqualTo("good.example");
    }

    @Test
    void noPatternTakesLong() {
        RedirectAllowList list = list("https://x.example/" + "**a*".repeat(100));
        long start = System.nanoTime();
        assertThat(list.findAllowed("https://x.example/" + "a".repeat(2_000) + "!").isPresent())
                .isTrue();
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }
}
