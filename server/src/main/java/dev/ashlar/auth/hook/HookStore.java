package dev.ashlar.auth.hook;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Duration;
import java.util.Optional;

/// Calls the owner's functions.
final class HookStore {
    /// Empty when the function answered NULL.
    Optional<String> call(
            SqlTransaction tx, String schema, String function, String event, Duration limit) {
        String before =
                tx.find(SqlText.of("select current_setting('statement_timeout') as before"))
                        .orElseThrow()
                        .requireText("before");
        limit(tx, limit.toMillis() + "ms");
        Optional<String> answer =
                tx.find(
                                new SqlText()
                                        .sql("select (")
                                        .qualified(schema, function)
                                        .sql("(")
                                        .parameter(event)
                                        .sql("::text::jsonb))::text as answer")
                                        .build())
                        .flatMap(row -> row.findText("answer"));
        limit(tx, before);
        return answer;
    }

    private static void limit(SqlTransaction tx, String time) {
        tx.query(SqlText.of("select set_config('statement_timeout', $1, true)", time));
    }
}
