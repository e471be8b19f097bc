package dev.ashlar.ops.exposure;

import dev.ashlar.ops.exposure.Declaration.Allowed;
import dev.ashlar.ops.exposure.Review.Undeclared;
import dev.ashlar.policy.exposure.Callers;
import dev.ashlar.policy.exposure.Cell;
import dev.ashlar.policy.exposure.Cell.Rows;
import dev.ashlar.policy.exposure.ExposureReport;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a database exposes, held against what was declared.
///
/// With a declaration everything that callers can do must stand in it. Without one only what is
/// open has to be declared: whatever anonymous callers can do, whatever others can do with rows
/// that are not theirs, and functions that they can call with the owner's rights.
final class Comparison {
    private final ExposureReport report;
    private final Optional<Declaration> declaration;
    private final Matrix matrix;

    Comparison(ExposureReport report, Optional<Declaration> declaration) {
        this.report = report;
        this.declaration = declaration;
        this.matrix = Matrix.of(report);
    }

    List<Undeclared> undeclared() {
        List<Undeclared> all = new ArrayList<>();
        for (String object : matrix.objects()) {
            for (String role : matrix.roles()) {
                matrix.verbs(object).stream()
                        .flatMap(verb -> matrix.find(object, role, verb).stream())
                        .flatMap(cell -> judge(cell).stream())
                        .forEach(all::add);
            }
        }
        report.findings().stream()
                .filter(Review::counts)
                .filter(finding -> declaration.flatMap(given -> given.find(finding)).isEmpty())
                .map(Undeclared.Found::new)
                .forEach(all::add);
        return List.copyOf(all);
    }

    private Optional<Undeclared> judge(Cell cell) {
        if (cell.rows() == Rows.NONE || cell.role().equals(callers().service())) {
            return Optional.empty();
        }
        Allowed found = new Allowed(cell.rows(), matrix.columns(cell));
        if (declaration.isEmpty()) {
            return isOpen(cell) ? Optional.of(reach(cell, found, "")) : Optional.empty();
        }
        Optional<Allowed> allowed = declaration.get().find(cell.object(), cell.role(), cell.verb());
        if (allowed.isPresent() && allowed.get().covers(found)) {
            return Optional.empty();
        }
        return Optional.of(reach(cell, found, declared(allowed, found)));
    }

    /// What is allowed of it, for the sentence.
    private static String declared(Optional<Allowed> allowed, Allowed found) {
        if (allowed.isEmpty()) {
            return "";
        }
        return allowed.get().coversColumns(found.columns())
                ? "; declared are " + allowed.get().rows().word()
                : "; declared are the columns " + String.join(", ", allowed.get().columns());
    }

    private static Undeclared reach(Cell cell, Allowed found, String declared) {
        String sentence =
                Review.sentence(
                        cell.role(), cell.verb(), cell.rows(), found.columns(), cell.object());
        return new Undeclared.Reach(cell, found.columns(), sentence + declared);
    }

    /// Whether somebody has to say so, when nothing is declared yet.
    private boolean isOpen(Cell cell) {
        if (cell.role().equals(callers().anonymous())) {
            return true;
        }
        if (cell.verb() == Verb.EXECUTE) {
            return report.facts().routines().stream()
                    .filter(Facts.Routine::securityDefiner)
                    .anyMatch(routine ->
                            cell.object()
                                    .equals(routine.label() + "(" + routine.arguments() + ")"));
        }
        return cell.rows() != Rows.OWN;
    }

    private Callers callers() {
        return report.facts().callers();
    }

    /// What a declaration allows and nobody can do.
    static List<String> stale(ExposureReport report, Declaration declaration) {
        List<String> lines = new ArrayList<>();
        Matrix matrix = Matrix.of(report);
        declaration
                .objects()
                .forEach((object, roles) ->
                        roles.forEach((role, verbs) ->
                                verbs.forEach((verb, allowed) ->
                                        stale(matrix, object, role, Map.entry(verb, allowed))
                                                .ifPresent(lines::add))));
        declaration.accepted().stream()
                .filter(accepted -> report.findings().stream().noneMatch(accepted::covers))
                .map(accepted ->
                        "accepted "
                                + accepted.code().word()
                                + " on "
                                + accepted.object()
                                + (accepted.role().isEmpty() ? "" : " (" + accepted.role() + ")")
                                + ": it is not found any more")
                .forEach(lines::add);
        return List.copyOf(lines);
    }

    private static Optional<String> stale(
            Matrix matrix, String object, String role, Map.Entry<Verb, Allowed> line) {
        Allowed found =
                matrix.find(object, role, line.getKey())
                        .map(cell -> new Allowed(cell.rows(), matrix.columns(cell)))
                        .orElse(new Allowed(Rows.NONE, Set.of()));
        if (line.getValue().rows() == Rows.NONE || found.covers(line.getValue())) {
            return Optional.empty();
        }
        String declared =
                Review.sentence(
                        role,
                        line.getKey(),
                        line.getValue().rows(),
                        line.getValue().columns(),
                        object);
        String now = found.rows() == Rows.NONE ? "they cannot" : "now " + found.rows().word();
        boolean fewer = found.rows() == line.getValue().rows();
        return Optional.of("declared: " + declared + "; " + (fewer ? "now fewer columns" : now));
    }
}
