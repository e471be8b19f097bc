package dev.ashlar.backend.postgres.exposure;

import static dev.ashlar.policy.exposure.FactsForTests.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.policy.exposure.Facts.Column;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidateValuesTest {
    private static final Column TEXT = column("state");
    private static final Column NUMBER = column("amount", "integer", 'N');

    @ParameterizedTest
    @CsvSource({
        "smallint,N",
        "integer,N",
        "bigint,N",
        "oid,N",
        "numeric,N",
        "'numeric(6,2)',N",
        "uuid,U",
        "text,S",
        "'character varying(8)',S",
        "date,D",
        "timestamp with time zone,D",
        "macaddr,U",
        "int4range,R",
        "inet,I",
        "bytea,U",
        "pg_lsn,U"
    })
    void keys_differ(String type, char category) {
        Set<String> first = new HashSet<>();
        for (long n = 0; n < 250; n++) {
            first.add(CandidateValues.unique(column("id", type, category), n).getFirst());
        }
        assertThat(first).hasSize(250);
    }

    @Test
    void keys_fit_their_types() {
        assertThat(CandidateValues.unique(column("id", "smallint", 'N'), 40_000).getFirst())
                .satisfies(value -> assertThat(Short.parseShort(value)).isPositive());
        assertThat(CandidateValues.unique(column("id", "numeric(6,2)", 'N'), 3).getFirst())
                .isEqualTo("9996");
        assertThat(CandidateValues.unique(column("id", "character varying(8)", 'S'), 3))
                .allSatisfy(value -> assertThat(value).hasSizeLessThanOrEqualTo(8));
    }

    @Test
    void the_default_comes_first_where_it_is_one_value() {
        assertThat(first(withDefault("'draft'::text"))).isEqualTo("draft");
        assertThat(first(withDefault("'it''s'::text"))).isEqualTo("it's");
        assertThat(first(withDefault("lower('X'::text)"))).startsWith("probe-");
        assertThat(
                        CandidateValues.plain(
                                        column("n", "integer", 'N', Optional.of("'-5'::integer")),
                                        0,
                                        1,
                                        List.of())
                                .getFirst())
                .isEqualTo("-5");
    }

    @Test
    void what_a_check_names_by_turns_and_what_gives_rights_last() {
        List<String> checks =
                List.of("(state = ANY (ARRAY['admin'::text, 'open'::text, 'done'::text]))");
        assertThat(CandidateValues.plain(TEXT, 0, 1, checks).subList(0, 3))
                .containsExactly("open", "done", "admin");
        assertThat(CandidateValues.plain(TEXT, 1, 1, checks).subList(0, 3))
                .containsExactly("done", "open", "admin");
    }

    @ParameterizedTest
    @CsvSource({
        "(amount > 5),6",
        "(amount >= 5),5",
        "(amount < 5),4",
        "(amount <= 5),5",
        "(amount <> 5),6",
        "(amount = 5),5",
        "(amount > '-5'::integer),-4",
        "(VALUE >= 18),18"
    })
    void a_number_on_the_right_side_of_its_bound(String check, String value) {
        assertThat(CandidateValues.plain(NUMBER, 0, 1, List.of(check)).getFirst()).isEqualTo(value);
    }

    @Test
    void a_decimal_bound_is_met() {
        assertThat(
                        CandidateValues.plain(
                                        column("amount", "numeric", 'N'),
                                        0,
                                        1,
                                        List.of("(amount < 0.5)"))
                                .getFirst())
                .isEqualTo("-0.5");
    }

    @Test
    void lengths_that_a_check_asks_for_are_tried() {
        assertThat(CandidateValues.plain(TEXT, 0, 1, List.of("(char_length(state) = 17)")))
                .anySatisfy(value -> assertThat(value).matches("[a-z]{17}"))
                .anySatisfy(value -> assertThat(value).matches("[0-9]{17}"));
    }

    @Test
    void patterns_are_no_values() {
        assertThat(CandidateValues.plain(TEXT, 0, 1, List.of("(state ~ '^[a-z]+$'::text)")))
                .noneMatch(value -> value.startsWith("^"));
    }

    @Test
    void labels_of_an_enum_are_all_there_is_to_begin_with() {
        Column role =
                new Column(
                        "role",
                        "public.role",
                        "public.role",
                        'E',
                        List.of("superuser", "reader", "writer"),
                        List.of(),
                        false,
                        Optional.empty(),
                        "",
                        false,
                        Optional.empty());
        assertThat(CandidateValues.plain(role, 0, 1, List.of()).subList(0, 3))
                .containsExactly("reader", "writer", "superuser");
    }

    @Test
    void a_flag_that_gives_rights_is_false_first() {
        assertThat(first(column("is_admin", "boolean", 'B'))).isEqualTo("false");
        assertThat(first(column("done", "boolean", 'B'))).isEqualTo("true");
        assertThat(
                        CandidateValues.plain(column("done", "boolean", 'B'), 1, 1, List.of())
                                .getFirst())
                .isEqualTo("false");
    }

    @Test
    void past_and_future_are_apart() {
        for (String type :
                List.of("date", "timestamp without time zone", "timestamp with time zone")) {
            Column column = column("at", type, 'D');
            assertThat(CandidateValues.time(column, 77)).startsWith("2199-");
            assertThat(CandidateValues.past(column)).startsWith("2001-");
        }
    }

    private static Column withDefault(String expression) {
        return column("state", "text", 'S', Optional.of(expression));
    }

    private static String first(Column column) {
        return CandidateValues.plain(column, 0, 1, List.of()).getFirst();
    }
}
