package dev.ashlar.backend.postgres.exposure;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What came of sending statements.
sealed interface Attempt {
    /// @param counts of rows, for each statement that gives none
    /// @param rows of all statements that give some
    record Done(List<Long> counts, List<List<@Nullable String>> rows) implements Attempt {
        long lastCount() {
            return counts.isEmpty() ? 0 : counts.getLast();
        }
    }

    /// @param routine where in the server it was refused, which does not depend on its language
    /// @param where the functions it happened in
    record Failed(
            String state,
            String message,
            String routine,
            String constraint,
            String column,
            String where)
            implements Attempt {

        static Failed of(SQLException e) {
            ServerErrorMessage said =
                    e instanceof PSQLException driver ? driver.getServerErrorMessage() : null;
            if (said == null) {
                return new Failed(text(e.getSQLState()), text(e.getMessage()), "", "", "", "");
            }
            return new Failed(
                    text(e.getSQLState()),
                    text(said.getMessage()),
                    text(said.getRoutine()),
                    text(said.getConstraint()),
                    text(said.getColumn()),
                    text(said.getWhere()));
        }

        private static String text(@Nullable String text) {
            return Optional.ofNullable(text).orElse("");
        }

        /// An error of integrity (class 23).
        boolean integrity() {
            return state.startsWith("23");
        }
    }
}
