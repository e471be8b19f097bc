package dev.ashlar.policy.exposure.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.testing.PostgresForTests;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What PostgreSQL reserves now and in versions to come.
class QuotedIT {
    @Test
    void what_the_language_reserves_is_quoted() {
        String words =
                String.valueOf(
                        PostgresForTests.fresh()
                                .ask(
                                        "select string_agg(word, ',') from pg_get_keywords() where catcode in ('R', 'T')"));
        assertThat(List.of(words.split(",", -1)))
                .hasSizeGreaterThan(90)
                .allSatisfy(word -> assertThat(Quoted.name(word)).isEqualTo('"' + word + '"'));
    }
}
