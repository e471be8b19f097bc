package dev.ashlar.ops.exposure;

import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.policy.exposure.Callers;
import dev.ashlar.policy.exposure.Cell.Rows;
import dev.ashlar.policy.exposure.ExposureReport;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.Verb;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// How many tables are open to whom, in one line.
///
/// @param tables exposed tables, views and the like
/// @param anonymousRead of these, those of which callers without an account can read rows
/// @param anonymousWrite those in which they can insert, change or delete
/// @param otherRows those in which signed-in callers reach rows that are not theirs
/// @param functions that callers without an account can call
/// @param unknown those of which something could not be tried
/// @param findings by severity, the worst first
public record ExposureSummary(
        int tables,
        int anonymousRead,
        int anonymousWrite,
        int otherRows,
        int functions,
        int unknown,
        Map<Severity, Integer> findings) {
    private static final List<Verb> WRITES = List.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE);

    public static ExposureSummary of(ExposureReport report) {
        Matrix matrix = Matrix.of(report);
        Callers callers = report.facts().callers();
        List<String> tables = matrix.relations();
        String nobody = callers.anonymous();
        return new ExposureSummary(
                tables.size(),
                count(tables, table -> open(matrix.rows(table, nobody, Verb.SELECT))),
                count(
                        tables,
                        table ->
                                WRITES.stream()
                                        .anyMatch(verb -> open(matrix.rows(table, nobody, verb)))),
                count(
                        tables,
                        table ->
                                matrix.verbs(table).stream()
                                        .anyMatch(verb ->
                                                matrix.rows(table, callers.signedIn(), verb)
                                                        == Rows.ALL)),
                count(matrix.objects(), object -> open(matrix.rows(object, nobody, Verb.EXECUTE))),
                count(
                        tables,
                        table ->
                                callers.judged().stream()
                                        .anyMatch(role -> isUnknown(matrix, table, role))),
                Arrays.stream(Severity.values())
                        .collect(
                                Collectors.toMap(
                                        Function.identity(),
                                        each -> report.findingsOf(each).size())));
    }

    private static boolean open(Rows rows) {
        return rows == Rows.ALL || rows == Rows.OWN;
    }

    private static boolean isUnknown(Matrix matrix, String table, String role) {
        return matrix.verbs(table).stream()
                .anyMatch(verb -> matrix.rows(table, role, verb) == Rows.UNKNOWN);
    }

    private static int count(List<String> objects, Predicate<String> which) {
        return (int) objects.stream().filter(which).count();
    }

    /// `6 tables; anonymous callers read 2 and write none; …`.
    public String line() {
        return (tables == 1 ? "1 table" : tables + " tables")
                + "; anonymous callers read "
                + number(anonymousRead)
                + " and write "
                + number(anonymousWrite)
                + "; signed-in callers reach rows that are not theirs in "
                + number(otherRows)
                + (unknown == 0 ? "" : "; in " + unknown + " not all could be tried")
                + "; "
                + findingsInWords();
    }

    private static String number(int count) {
        return count == 0 ? "none" : Integer.toString(count);
    }

    private int count(Severity severity) {
        return findings.getOrDefault(severity, 0);
    }

    private String findingsInWords() {
        int all = findings.values().stream().mapToInt(Integer::intValue).sum();
        if (all == 0) {
            return "no findings";
        }
        String parts =
                Arrays.stream(Severity.values())
                        .filter(severity -> count(severity) > 0)
                        .map(severity -> count(severity) + " " + severity.word())
                        .collect(Collectors.joining(", "));
        return (all == 1 ? "1 finding (" : all + " findings (") + parts + ")";
    }

    JsonObject json() {
        JsonObjectBuilder bySeverity = new JsonObjectBuilder();
        Arrays.stream(Severity.values())
                .forEach(severity -> bySeverity.put(severity.word(), count(severity)));
        return new JsonObjectBuilder()
                .put("tables", tables)
                .put("anonymous_read", anonymousRead)
                .put("anonymous_write", anonymousWrite)
                .put("other_rows", otherRows)
                .put("anonymous_functions", functions)
                .put("unknown", unknown)
                .put("findings", bySeverity.build())
                .put("line", line())
                .build();
    }
}
