package dev.ashlar.intent;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A condition on rows, with names and values as text.
public sealed interface Filter {
    /// Lets every row through.
    Filter NONE = new And(List.of());

    record And(List<Filter> parts) implements Filter {}

    record Or(List<Filter> parts) implements Filter {}

    record Not(Filter part) implements Filter {}

    record Condition(FieldPath field, Test test) implements Filter {}

    /// A condition on a value over a group of rows; no field counts rows.
    record GroupCondition(Aggregate function, @Nullable FieldPath field, Test test)
            implements Filter {}

    /// What a field is held against.
    sealed interface Test {}

    record Compare(Operator operator, String value) implements Test {}

    /// Against each of several values: true if it holds for any, or for all. The values are written
    /// as the database writes an array: `{a,"b c"}`.
    record CompareEach(Operator operator, Quantifier quantifier, String values) implements Test {}

    record In(List<String> values) implements Test {}

    record Is(Truth truth) implements Test {}

    record FullText(Parser parser, Optional<String> language, String text) implements Test {}

    enum Operator {
        EQUAL,
        NOT_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        LIKE,
        ILIKE,
        MATCH,
        IMATCH,
        DISTINCT,
        CONTAINS,
        CONTAINED,
        OVERLAPS,
        STRICTLY_LEFT,
        STRICTLY_RIGHT,
        NOT_EXTENDS_RIGHT,
        NOT_EXTENDS_LEFT,
        ADJACENT
    }

    enum Quantifier {
        ANY,
        ALL
    }

    enum Truth {
        NULL,
        NOT_NULL,
        TRUE,
        FALSE,
        UNKNOWN
    }

    /// How the words of a full-text search are read (PostgreSQL manual, 12.3.2).
    enum Parser {
        QUERY,
        PLAIN,
        PHRASE,
        WEB
    }
}
