package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which cookie of a request is ours, and how browsers are told to keep it.
class SessionCookieTest {
    private static final String VALUE = "0123456789-abcdefghijklmnopqrstuvwxyz_ABCDE";
    private static final String OURS = "__Host-ashlar-session=" + VALUE;

    private static SentRequest sending(String cookies) {
        return new SentRequest("GET", "/", Map.of("Cookie", cookies), "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OURS,
                "a=1; " + OURS,
                OURS + ";b=2",
                " ;; " + OURS + " ; c",
                OURS + ";" + OURS
            })
    void isFoundAmongOthers(String cookies) {
        assertThat(SessionCookie.find(sending(cookies))).contains(VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "__Host-ashlar-session",
                "__Host-ashlar-session=",
                "__Host-ashlar-session=short",
                "__host-ashlar-session=" + VALUE,
                "x__Host-ashlar-session=" + VALUE,
                "__Host-ashlar-session=0123456789 abcdefghijklmnopqrstuvwxyz_ABCDE",
                OURS + "x",
                OURS + "; __Host-ashlar-session=1123456789-abcdefghijklmnopqrstuvwxyz_ABCDE",
            })
    void isNothingElse(String cookies) {
        assertThat(SessionCookie.find(sending(cookies))).isEmpty();
    }

    @Test
    void isTakenOutForWhoeverIsBehind() {
        assertThat(SessionCookie.others(sending("a=1; " + OURS + "; b=2"))).contains("a=1; b=2");
        assertThat(SessionCookie.others(sending(OURS))).isEmpty();
        assertThat(SessionCookie.others(sending("__Host-ashlar-session=short; a=1")))
                .contains("a=1");
    }

    /// What the prefix demands (RFC 6265bis, 4.1.3.2): secure, for every path, for no domain.
    @Test
    void isForThisHostAloneAndOutOfReachOfPages() {
        assertThat(SessionCookie.given(VALUE, Duration.ofDays(1)))
                .isEqualTo(OURS + "; Path=/; Max-Age=86400; HttpOnly; Secure; SameSite=Lax");
        assertThat(SessionCookie.taken())
                .isEqualTo(
                        "__Host-ashlar-session=; Path=/; Max-Age=0; HttpOnly; Secure;"
                                + " SameSite=Lax");
    }
}
