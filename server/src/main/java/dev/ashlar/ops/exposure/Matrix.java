package dev.ashlar.ops.exposure;

import dev.ashlar.policy.exposure.Cell;
import dev.ashlar.policy.exposure.Cell.Rows;
import dev.ashlar.policy.exposure.ExposureReport;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The cells of a report as a table: objects down, roles across. Relations come first, then
/// routines, then buckets, each by name; an exposed relation that nobody reaches has its line too.
final class Matrix {
    static final String BUCKETS = "storage.buckets/";

    /// What an object is, in the order of the table.
    enum Kind {
        RELATION,
        ROUTINE,
        BUCKET
    }

    private record Key(String object, String role, Verb verb) {}

    private final Facts facts;
    private final Map<String, Kind> kinds;
    private final List<String> roles;
    private final Map<Key, Cell> cells = new HashMap<>();

    private Matrix(Facts facts, Map<String, Kind> kinds, List<String> roles, List<Cell> cells) {
        this.facts = facts;
        this.kinds = kinds;
        this.roles = roles;
        cells.forEach(
                cell -> this.cells.put(new Key(cell.object(), cell.role(), cell.verb()), cell));
    }

    static Matrix of(ExposureReport report) {
        Map<String, Kind> kinds = new TreeMap<>();
        report.facts().exposed().forEach(relation -> kinds.put(relation.label(), Kind.RELATION));
        report.matrix().forEach(cell -> kinds.putIfAbsent(cell.object(), kind(cell)));
        Set<String> roles = new LinkedHashSet<>(report.facts().callers().judged());
        Set<String> used =
                report.matrix().stream()
                        .map(Cell::role)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        String service = report.facts().callers().service();
        used.stream().filter(role -> !role.equals(service)).sorted().forEach(roles::add);
        if (used.contains(service)) {
            roles.add(service);
        }
        return new Matrix(report.facts(), kinds, List.copyOf(roles), report.matrix());
    }

    private static Kind kind(Cell cell) {
        if (cell.verb() == Verb.EXECUTE) {
            return Kind.ROUTINE;
        }
        return cell.object().startsWith(BUCKETS) ? Kind.BUCKET : Kind.RELATION;
    }

    List<String> objects() {
        List<String> objects = new ArrayList<>(kinds.keySet());
        objects.sort(Comparator.comparing(this::kind));
        return objects;
    }

    List<String> relations() {
        return objects().stream().filter(object -> kind(object) == Kind.RELATION).toList();
    }

    Kind kind(String object) {
        return kinds.getOrDefault(object, Kind.RELATION);
    }

    /// The verbs that make sense for an object.
    List<Verb> verbs(String object) {
        return kind(object) == Kind.ROUTINE
                ? List.of(Verb.EXECUTE)
                : List.of(Verb.SELECT, Verb.INSERT, Verb.UPDATE, Verb.DELETE);
    }

    List<String> roles() {
        return roles;
    }

    Optional<Cell> find(String object, String role, Verb verb) {
        return Optional.ofNullable(cells.get(new Key(object, role, verb)));
    }

    Rows rows(String object, String role, Verb verb) {
        return find(object, role, verb).map(Cell::rows).orElse(Rows.NONE);
    }

    /// Whether any verb reaches any row.
    boolean reaches(String object, String role) {
        return verbs(object).stream().anyMatch(verb -> rows(object, role, verb) != Rows.NONE);
    }

    /// The columns that a cell is limited to; empty when it is limited by none.
    Set<String> columns(Cell cell) {
        if (cell.verb() == Verb.DELETE || cell.verb() == Verb.EXECUTE) {
            return Set.of();
        }
        Set<String> named = new LinkedHashSet<>(cell.columns());
        Set<String> all =
                facts.relations().stream()
                        .filter(relation -> relation.label().equals(cell.object()))
                        .findFirst()
                        .map(relation -> usable(relation, cell.verb()))
                        .orElse(Set.of());
        return !all.isEmpty() && named.containsAll(all) ? Set.of() : named;
    }

    /// What the verb can be about at all: nobody writes a generated column.
    private static Set<String> usable(Relation relation, Verb verb) {
        return relation.columns().stream()
                .filter(column ->
                        verb == Verb.SELECT
                                || (!column.generated() && !column.identity().equals("a")))
                .map(Facts.Column::name)
                .collect(Collectors.toSet());
    }
}
