package dev.ashlar.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @Test
    void isTrimmedAndInLowerCase() {
        assertThat(EmailAddress.parse("  Ada.Lovelace+x@Example.COM\n").text())
                .isEqualTo("ada.lovelace+x@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "jürgen@bücher.example", "o'neil@x-y.example", "1@2.example"})
    void acceptsWhatMailSystemsDo(String text) {
        assertThat(EmailAddress.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "@",
                "a@",
                "@b",
                "a@b@c",
                "a b@c.example",
                "a@b..example",
                "a@-b.example",
                "a@b-.example",
                "a@b.example.",
                "<a@b.example>",
                "a@b.example\0",
                "a@b.example\r\nBcc: c@d.example",
                "\"a b\"@c.example",
                "a@[127.0.0.1]"
            })
    void refusesTheRest(String text) {
        assertRefused(text);
    }

    @Test
    void isBounded() {
        assertRefused("a".repeat(65) + "@b.example");
        assertRefused("a@" + "b".repeat(64) + ".example");
        String domain = ("b".repeat(60) + ".").repeat(5) + "example";
        assertRefused("a@" + domain);
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> EmailAddress.parse(text))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem()).isInstanceOf(ValidationFailed.class));
    }
}
