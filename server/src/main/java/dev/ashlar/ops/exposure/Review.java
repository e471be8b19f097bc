package dev.ashlar.ops.exposure;

import dev.ashlar.ops.exposure.Declaration.Allowed;
import dev.ashlar.policy.exposure.Cell;
import dev.ashlar.policy.exposure.Cell.Rows;
import dev.ashlar.policy.exposure.ExposureReport;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A report beside what was declared.
///
/// @param declared whether there is a declaration at all
/// @param undeclared what is exposed beyond it, in the order of the report
/// @param stale lines of the declaration that allow more than there is
public record Review(
        ExposureReport report, boolean declared, List<Undeclared> undeclared, List<String> stale) {

    /// Something that is exposed and that nobody declared.
    public sealed interface Undeclared {
        String message();

        /// What a role can do.
        ///
        /// @param columns those it is limited to, empty for all
        record Reach(Cell cell, Set<String> columns, String message) implements Undeclared {}

        /// Something that is wrong.
        record Found(Finding finding) implements Undeclared {
            @Override
            public String message() {
                String who = finding.role().isEmpty() ? "" : " (" + finding.role() + ")";
                return finding.severity().word()
                        + " finding "
                        + finding.code().word()
                        + " on "
                        + finding.object()
                        + who
                        + ": "
                        + finding.message();
            }
        }
    }

    public static Review of(ExposureReport report, Optional<Declaration> declaration) {
        return new Review(
                report,
                declaration.isPresent(),
                new Comparison(report, declaration).undeclared(),
                declaration.map(given -> Comparison.stale(report, given)).orElse(List.of()));
    }

    /// Whether a finding has to be accepted by somebody.
    static boolean counts(Finding finding) {
        return finding.severity().compareTo(Severity.MEDIUM) <= 0;
    }

    /// `anon can select all rows of public.notes`.
    static String sentence(String role, Verb verb, Rows rows, Set<String> columns, String object) {
        String limited =
                columns.isEmpty() ? "" : " (columns " + String.join(", ", columns) + " only)";
        String does =
                switch (verb) {
                    case SELECT -> "read " + reach(rows) + " of ";
                    case INSERT -> "insert " + inserted(rows) + " into ";
                    case UPDATE -> "change " + reach(rows) + " of ";
                    case DELETE -> "delete " + reach(rows) + " of ";
                    case EXECUTE -> rows == Rows.UNKNOWN ? "perhaps call " : "call ";
                };
        return role + " can " + does + object + limited;
    }

    /// `anon can read, delete rows that are not theirs of public.notes`.
    static String sentence(String role, List<Verb> verbs, Allowed reached, String object) {
        if (verbs.size() == 1) {
            return sentence(role, verbs.getFirst(), reached.rows(), reached.columns(), object);
        }
        String limited =
                reached.columns().isEmpty()
                        ? ""
                        : " (columns " + String.join(", ", reached.columns()) + " only)";
        String does = verbs.stream().map(Review::word).collect(Collectors.joining(", "));
        return role + " can " + does + " " + reach(reached.rows()) + " of " + object + limited;
    }

    private static String word(Verb verb) {
        return switch (verb) {
            case SELECT -> "read";
            case INSERT -> "insert";
            case UPDATE -> "change";
            case DELETE -> "delete";
            case EXECUTE -> "call";
        };
    }

    private static String reach(Rows rows) {
        return switch (rows) {
            case ALL -> "rows that are not theirs";
            case OWN -> "own rows";
            case NONE -> "no rows";
            case UNKNOWN -> "rows that could not be tried";
        };
    }

    private static String inserted(Rows rows) {
        return switch (rows) {
            case ALL -> "rows that are not theirs";
            case OWN -> "own rows";
            case NONE -> "nothing";
            case UNKNOWN -> "rows (it could not be tried)";
        };
    }
}
