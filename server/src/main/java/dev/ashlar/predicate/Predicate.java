package dev.ashlar.predicate;

import java.util.List;
import java.util.Optional;

/// A resolved condition. Values stay text: the database reads them as the operand's type, and says
/// so if it cannot.
public sealed interface Predicate {
    /// Lets every row through.
    static Predicate always() {
        return new And(List.of());
    }

    record And(List<Predicate> parts) implements Predicate {}

    record Or(List<Predicate> parts) implements Predicate {}

    record Not(Predicate part) implements Predicate {}

    record Compare(Operand operand, Comparison comparison, String value) implements Predicate {}

    record CompareEach(Operand operand, Comparison comparison, Quantifier quantifier, String values)
            implements Predicate {}

    record In(Operand operand, List<String> values) implements Predicate {}

    record Is(Operand operand, Truth truth) implements Predicate {}

    record FullText(Operand operand, SearchParser parser, Optional<String> language, String text)
            implements Predicate {}

    /// Whether the related rows of that embed (by its place in the plan's node) are there.
    record EmbedPresent(int embed) implements Predicate {}

    enum Comparison {
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

    enum SearchParser {
        QUERY,
        PLAIN,
        PHRASE,
        WEB
    }

    default boolean isTrue() {
        return this instanceof And(List<Predicate> parts) && parts.isEmpty();
    }
}
