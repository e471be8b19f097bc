package dev.ashlar.policy.exposure.rule;

import static dev.ashlar.policy.exposure.FactsForTests.column;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "passwordHash",
                "encrypted_password",
                "API-Key",
                "apiKeys",
                "stripe_secret_key",
                "resetToken",
                "refresh_tokens",
                "credentials",
                "otp_code",
                "cardNumber",
                "iban",
                "ssn_number",
                "seedPhrase"
            })
    void secrets(String name) {
        assertThat(Names.secret(column(name))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "token_count",
                "tokens",
                "reset_token_expires_at",
                "password_changed_at",
                "public_key",
                "api_key_count",
                "secret_name",
                "spinner",
                "salted_caramel",
                "key"
            })
    void no_secrets(String name) {
        assertThat(Names.secret(column(name))).isFalse();
    }

    @Test
    void figures_and_flags_hold_no_secret_but_for_numbers_that_are_one() {
        assertThat(Names.secret(column("password", "boolean", 'B'))).isFalse();
        assertThat(Names.secret(column("token", "bigint", 'N'))).isFalse();
        assertThat(Names.secret(column("ssn", "integer", 'N'))).isTrue();
        assertThat(Names.secret(column("pin", "smallint", 'N'))).isTrue();
        assertThat(Names.secret(column("password", "bytea", 'U'))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email",
                "contactEmail",
                "emails",
                "phone_numbers",
                "ip_address",
                "address",
                "date_of_birth",
                "homeAddress",
                "billing_addresses",
                "salary"
            })
    void personal(String name) {
        assertThat(Names.personal(column(name))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email_verified",
                "email_template",
                "phone_type",
                "wallet_address",
                "recipe",
                "zip",
                "mailbox"
            })
    void not_personal(String name) {
        assertThat(Names.personal(column(name))).isFalse();
    }

    @Test
    void a_flag_is_not_personal() {
        assertThat(Names.personal(column("disability", "boolean", 'B'))).isFalse();
        assertThat(Names.personal(column("disability"))).isTrue();
    }

    @Test
    void tables_are_known_in_the_plural() {
        assertThat(Names.privateTable("addresses")).isTrue();
        assertThat(Names.privateTable("diaries")).isTrue();
        assertThat(Names.privateTable("CustomerOrders")).isTrue();
        assertThat(Names.privateTable("countries")).isFalse();
        assertThat(Names.organisations("businesses")).isTrue();
        assertThat(Names.organisations("branches")).isTrue();
        assertThat(Names.content("blog_posts")).isTrue();
        assertThat(Names.content("galleries")).isTrue();
        assertThat(Names.privateBucket("taxes-2025")).isTrue();
        assertThat(Names.privateBucket("avatars")).isFalse();
    }

    @Test
    void an_author_is_no_owner() {
        assertThat(Names.author("authorId")).isTrue();
        assertThat(Names.author("user_id")).isFalse();
    }

    @Test
    void words_of_a_name() {
        assertThat(Words.of("resetToken")).containsExactly("reset", "token");
        assertThat(Words.of("HTTPServer-url_2")).containsExactly("http", "server", "url", "2");
        assertThat(Words.of("__x")).containsExactly("x");
        assertThat(Words.joined("Reset Token")).isEqualTo("reset_token");
    }
}
