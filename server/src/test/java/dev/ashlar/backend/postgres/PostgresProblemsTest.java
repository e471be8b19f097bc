package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.postgres.PostgresProblems.Sender;
import dev.ashlar.backend.postgres.wire.ServerError;
import dev.ashlar.problem.DataProblem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresProblemsTest {
    @ParameterizedTest
    @CsvSource({"ERROR, 28P01", "ERROR, 08006", "ERROR, 57P01", "ERROR, 57014", "FEHLER, 23505"})
    void whatAFunctionRaisesIsARefusalAndNotABrokenConnection(String severity, String state) {
        ServerError raised = new ServerError(severity, state, "wrong password", "the detail", null);
        assertThat(PostgresProblems.breaksConnection(raised)).isFalse();
        assertThat(PostgresProblems.from(raised, Sender.ANONYMOUS).problem())
                .isEqualTo(
                        new DataProblem.Rejected(
                                state, "wrong password", "the detail", null, true));
    }

    @ParameterizedTest
    @CsvSource({"FATAL, 57P01", "FATAL, 28P01", "FATAL, XX000", "SCHWERWIEGEND, 57P01"})
    void whatEndsAConnectionIsUnreachable(String severity, String state) {
        ServerError ended = new ServerError(severity, state, "terminating connection", null, null);
        assertThat(PostgresProblems.breaksConnection(ended)).isTrue();
        assertThat(PostgresProblems.from(ended, Sender.KNOWN).problem())
                .isEqualTo(new DataProblem.Unreachable());
    }
}
