package dev.ashlar.backend.postgres;

import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Predicate.Comparison;
import java.util.Set;

/// Which of PostgreSQL's own types have no such operator (PostgreSQL manual, "Functions and
/// Operators"). A value without a type makes the database say so in the words that clients of the
/// dialect know: `operator does not exist: integer ~~ unknown`.
final class Operators {
    private static final Set<String> NUMBERS =
            Set.of("smallint", "integer", "bigint", "numeric", "real", "double precision");
    private static final Set<String> TIMES =
            Set.of(
                    "date",
                    "time without time zone",
                    "time with time zone",
                    "timestamp without time zone",
                    "timestamp with time zone",
                    "interval");
    private static final Set<String> TEXTS = Set.of("text", "character varying");
    private static final Set<String> SINGLE = Set.of("boolean", "uuid");

    private Operators() {}

    static boolean lacking(Operand operand, Comparison comparison) {
        if (!operand.steps().isEmpty()) {
            return false;
        }
        String type = operand.column().baseType();
        return switch (comparison) {
            case LIKE, ILIKE, MATCH, IMATCH ->
                    isScalar(type)
                            || type.equals("json")
                            || type.equals("jsonb")
                            || type.endsWith("[]")
                            || !operand.column().enumValues().isEmpty();
            case CONTAINS, CONTAINED ->
                    isScalar(type) || TEXTS.contains(type) || type.equals("json");
            case OVERLAPS, NOT_EXTENDS_RIGHT, NOT_EXTENDS_LEFT, ADJACENT ->
                    isScalar(type)
                            || TEXTS.contains(type)
                            || type.equals("json")
                            || type.equals("jsonb");
            case EQUAL, NOT_EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
                    type.equals("json") || type.equals("xml") || type.equals("point");
            // Shifts of numbers look the same.
            case STRICTLY_LEFT, STRICTLY_RIGHT, DISTINCT -> false;
        };
    }

    private static boolean isScalar(String type) {
        return NUMBERS.contains(type) || TIMES.contains(type) || SINGLE.contains(type);
    }
}
