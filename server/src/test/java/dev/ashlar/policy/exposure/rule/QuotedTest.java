package dev.ashlar.policy.exposure.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuotedTest {
    @Test
    void quotes_stand_only_where_they_must() {
        assertThat(Quoted.name("notes_2$")).isEqualTo("notes_2$");
        assertThat(Quoted.name("_x")).isEqualTo("_x");
        assertThat(Quoted.name("Notes")).isEqualTo("\"Notes\"");
        assertThat(Quoted.name("my notes")).isEqualTo("\"my notes\"");
        assertThat(Quoted.name("2fa")).isEqualTo("\"2fa\"");
        assertThat(Quoted.name("größe")).isEqualTo("\"größe\"");
        assertThat(Quoted.name("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(Quoted.name("")).isEqualTo("\"\"");
        assertThat(Quoted.name("user")).isEqualTo("\"user\"");
    }

    @Test
    void public_is_everybody_and_no_role() {
        assertThat(Quoted.role("public")).isEqualTo("public");
        assertThat(Quoted.role("Public")).isEqualTo("\"Public\"");
        assertThat(Quoted.names(List.of("anon", "my role"))).isEqualTo("anon, \"my role\"");
    }

    @Test
    void text() {
        assertThat(Quoted.text("it's")).isEqualTo("'it''s'");
    }
}
