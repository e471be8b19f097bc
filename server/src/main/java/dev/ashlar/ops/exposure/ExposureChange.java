package dev.ashlar.ops.exposure;

import dev.ashlar.ops.exposure.Declaration.Allowed;
import dev.ashlar.policy.exposure.Cell;
import dev.ashlar.policy.exposure.Cell.Rows;
import dev.ashlar.policy.exposure.ExposureReport;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// How the exposure of a database differs between two moments, such as before and after a
/// migration.
///
/// @param opened what callers can do now and could not before, in sentences; new findings too
/// @param closed what they could
public record ExposureChange(List<String> opened, List<String> closed) {

    public static ExposureChange between(ExposureReport before, ExposureReport after) {
        String service = after.facts().callers().service();
        List<String> opened = beyond(Matrix.of(after), Matrix.of(before), service);
        List<String> closed = beyond(Matrix.of(before), Matrix.of(after), service);
        findings(after, before).forEach(opened::add);
        findings(before, after).forEach(closed::add);
        return new ExposureChange(List.copyOf(opened), List.copyOf(closed));
    }

    public boolean isEmpty() {
        return opened.isEmpty() && closed.isEmpty();
    }

    /// For a terminal, a line each, those that open something first.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        opened.forEach(text -> lines.add("+ " + Printable.line(text)));
        closed.forEach(text -> lines.add("- " + Printable.line(text)));
        return lines;
    }

    private static List<String> beyond(Matrix more, Matrix less, String service) {
        List<String> sentences = new ArrayList<>();
        for (String object : more.objects()) {
            Set<String> roles = new TreeSet<>(more.roles());
            roles.remove(service);
            for (String role : roles) {
                // Verbs that reach the same are one line.
                Map<Allowed, List<Verb>> reached = new LinkedHashMap<>();
                for (Verb verb : more.verbs(object)) {
                    Allowed allowed = allowed(more, object, role, verb);
                    if (allowed.rows() != Rows.NONE
                            && !allowed(less, object, role, verb).covers(allowed)) {
                        reached.computeIfAbsent(allowed, _ -> new ArrayList<>()).add(verb);
                    }
                }
                reached.forEach((allowed, verbs) ->
                        sentences.add(Review.sentence(role, verbs, allowed, object)));
            }
        }
        return sentences;
    }

    private static Allowed allowed(Matrix matrix, String object, String role, Verb verb) {
        return matrix.find(object, role, verb)
                .map(cell -> new Allowed(cell.rows(), columns(matrix, cell)))
                .orElse(new Allowed(Rows.NONE, Set.of()));
    }

    private static Set<String> columns(Matrix matrix, Cell cell) {
        return cell.rows() == Rows.NONE ? Set.of() : matrix.columns(cell);
    }

    private static List<String> findings(ExposureReport in, ExposureReport notIn) {
        return in.findings().stream()
                .filter(finding ->
                        notIn.findings().stream().noneMatch(other -> same(finding, other)))
                .map(finding ->
                        finding.severity().word()
                                + " finding "
                                + finding.code().word()
                                + " on "
                                + finding.object()
                                + (finding.role().isEmpty() ? "" : " (" + finding.role() + ")"))
                .toList();
    }

    private static boolean same(Finding one, Finding other) {
        return one.code() == other.code()
                && one.object().equals(other.object())
                && one.role().equals(other.role());
    }
}
