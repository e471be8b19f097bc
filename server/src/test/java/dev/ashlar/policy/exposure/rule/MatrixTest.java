package dev.ashlar.policy.exposure.rule;

import static dev.ashlar.policy.exposure.FactsForTests.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Cell;
import dev.ashlar.policy.exposure.Cell.Rows;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.FactsForTests;
import dev.ashlar.policy.exposure.Observation;
import dev.ashlar.policy.exposure.Observations;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixTest {
    private static final String USER = "authenticated";
    private static final Facts FACTS =
            new FactsForTests()
                    .table("notes", column("id"), column("user_id"))
                    .ownedBy("user_id")
                    .definer("board", "integer", "select 1")
                    .build();
    private final List<Observation> seen = new ArrayList<>();

    @Test
    void own_rows_are_own_and_others_are_all() {
        saw(Act.READ_OWN, Outcome.ALLOWED);
        saw(Act.READ_OTHERS, Outcome.DENIED);
        saw(Act.READ_OWNERLESS, Outcome.DENIED);
        assertThat(rows(USER, Verb.SELECT)).isEqualTo(Rows.OWN);
        saw(Act.READ_OTHERS, Outcome.SOME);
        assertThat(rows(USER, Verb.SELECT)).isEqualTo(Rows.ALL);
    }

    @Test
    void rows_that_are_nobodys_count_as_all() {
        saw(Act.READ_OWN, Outcome.ALLOWED);
        saw(Act.READ_OWNERLESS, Outcome.ALLOWED);
        assertThat(rows(USER, Verb.SELECT)).isEqualTo(Rows.ALL);
    }

    @Test
    void giving_away_is_of_ones_own_and_taking_over_is_of_all() {
        saw(Act.UPDATE_OWN, Outcome.DENIED);
        saw(Act.UPDATE_OTHERS, Outcome.DENIED);
        saw(Act.UPDATE_OWNERLESS, Outcome.DENIED);
        saw(Act.GIVE_AWAY, Outcome.ALLOWED);
        saw(Act.TAKE_OVER, Outcome.DENIED);
        assertThat(rows(USER, Verb.UPDATE)).isEqualTo(Rows.OWN);
        saw(Act.TAKE_OVER, Outcome.ALLOWED);
        assertThat(rows(USER, Verb.UPDATE)).isEqualTo(Rows.ALL);
    }

    @Test
    void what_was_denied_is_none_and_has_no_columns() {
        for (Act act : Act.values()) {
            saw(act, Outcome.DENIED);
        }
        Cell cell = cell(USER, Verb.INSERT);
        assertThat(cell.rows()).isEqualTo(Rows.NONE);
        assertThat(cell.columns()).isEmpty();
    }

    @Test
    void columns_are_those_of_the_grant_and_none_for_delete() {
        saw(Act.INSERT_OWN, Outcome.ALLOWED);
        saw(Act.DELETE_OWN, Outcome.ALLOWED);
        assertThat(cell(USER, Verb.INSERT).columns()).containsExactly("id", "user_id");
        assertThat(cell(USER, Verb.DELETE).columns()).isEmpty();
    }

    @Test
    void without_a_grant_nothing_seen_counts() {
        seen.add(new Observation(1, "anon", Act.READ_OTHERS, Outcome.ALLOWED, ""));
        assertThat(rows("anon", Verb.SELECT)).isEqualTo(Rows.NONE);
    }

    @Test
    void a_routine_can_be_called_or_not() {
        List<Cell> calls = cells().stream().filter(each -> each.verb() == Verb.EXECUTE).toList();
        assertThat(calls)
                .containsExactly(
                        new Cell("public.board()", "anon", Verb.EXECUTE, Rows.NONE, List.of()),
                        new Cell("public.board()", USER, Verb.EXECUTE, Rows.ALL, List.of()),
                        new Cell(
                                "public.board()",
                                "service_role",
                                Verb.EXECUTE,
                                Rows.NONE,
                                List.of()));
    }

    @Test
    void each_table_role_and_verb_has_a_cell() {
        assertThat(cells()).hasSize(3 * 4 + 3);
    }

    /// What is seen later of the same replaces what was seen before.
    private void saw(Act act, Outcome outcome) {
        seen.add(new Observation(1, USER, act, outcome, ""));
    }

    private Rows rows(String role, Verb verb) {
        return cell(role, verb).rows();
    }

    private Cell cell(String role, Verb verb) {
        return cells().stream()
                .filter(each -> each.role().equals(role) && each.verb() == verb)
                .findFirst()
                .orElseThrow();
    }

    private List<Cell> cells() {
        return Matrix.of(new Judgement(FACTS, new Observations(seen, List.of())));
    }
}
