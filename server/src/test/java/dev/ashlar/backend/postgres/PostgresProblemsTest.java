package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.postgres.PostgresProblems.Sender;
import dev.ashlar.problem.DataProblem;
import io.vertx.pgclient.PgException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresProblemsTest {
    @ParameterizedTest
    @CsvSource({"ERROR, 28P01", "ERROR, 08006", "ERROR, 57P01", "ERROR, 57014", "FEHLER, 23505"})
    void whatAFunctionRaisesIsARefusalAndNotABrokenConnection(String severity, String state) {
        PgException raised = new PgException("wrong password", severity, state, "the detail");
        assertThat(PostgresProblems.breaksConnection(raised)).isFalse();
        assertThat(PostgresProblems.from(raised, Sender.ANONYMOUS).problem())
                .isEqualTo(
                        new DataProblem.Rejected(
                                state, "wrong password", "the detail", null, true));
    }

    @ParameterizedTest
    @CsvSource({"FATAL, 57P01", "FATAL, 28P01", "FATAL, XX000", "SCHWERWIEGEND, 57P01"})
    void whatEndsAConnectionIsUnreachable(String severity, String state) {
        PgException ended = new PgException("terminating connection", severity, state, null);
        assertThat(PostgresProblems.breaksConnection(ended)).isTrue();
        assertThat(PostgresProblems.from(ended, Sender.KNOWN).problem())
                .isEqualTo(new DataProblem.Unreachable());
    }
}
