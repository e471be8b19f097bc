package dev.ashlar.backend.postgres.exposure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How far explanations go.
///
/// @param searchPath schemas that requests search behind their own
/// @param reader the role with whose rights rows are read; the login's own where there is none
/// @param mostRows rows that one question is answered for
/// @param patience for the whole of a question
public record ExplainReach(
        List<String> searchPath, Optional<String> reader, int mostRows, Duration patience) {
    public static final int MOST_ROWS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public static ExplainReach of(List<String> searchPath, Optional<String> reader) {
        return new ExplainReach(searchPath, reader, MOST_ROWS, PATIENCE);
    }
}
