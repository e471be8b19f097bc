package dev.ashlar.backend.postgres;

import java.util.stream.Collectors;

/// What EXPLAIN gave, as text: its lines, or its one JSON value as the database laid it out.
final class ExplainText {
    private ExplainText() {}

    static String of(LaneResult lane) {
        return lane.rows().stream()
                .map(row -> String.valueOf(row.text(0)))
                .collect(Collectors.joining("\n"));
    }
}
