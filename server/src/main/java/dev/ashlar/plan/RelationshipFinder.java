package dev.ashlar.plan;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Relationship;
import dev.ashlar.catalog.Relationship.Cardinality;
import dev.ashlar.catalog.Relationship.Direct;
import dev.ashlar.catalog.Relationship.Pair;
import dev.ashlar.catalog.Relationship.ThroughJunction;
import dev.ashlar.catalog.Table;
import dev.ashlar.config.NearestName;
import dev.ashlar.identity.Role;
import dev.ashlar.problem.CatalogProblem;
import dev.ashlar.problem.CatalogProblem.Candidate;
import dev.ashlar.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the one relationship that an embed means (PostgREST's reference, "Resource Embedding").
///
/// An embed may be named by the related table, by the foreign key or by the referencing column; a
/// hint narrows it by foreign key, column or junction.
final class RelationshipFinder {
    private final Catalog catalog;
    private final Role role;

    RelationshipFinder(Catalog catalog, Role role) {
        this.catalog = catalog;
        this.role = role;
    }

    Relationship require(Table origin, String target, @Nullable String hint) {
        List<Relationship> found = new ArrayList<>();
        for (Relationship relationship : catalog.relationshipsFrom(origin.name())) {
            if (matches(relationship, origin.name().schema(), target, hint)) {
                found.add(relationship);
            }
        }
        if (found.isEmpty()) {
            throw new ProblemException(unknown(origin, target, hint));
        }
        if (found.size() > 1) {
            throw new ProblemException(ambiguous(origin, target, found));
        }
        return found.getFirst();
    }

    private static boolean matches(
            Relationship relationship, String schema, String target, @Nullable String hint) {
        boolean byTable = relationship.target().equals(new QualifiedName(schema, target));
        if (hint != null) {
            return byTable && hinted(relationship, hint);
        }
        return byTable
                || (relationship instanceof Direct direct
                        && direct.target().schema().equals(schema)
                        && (byConstraint(direct, target) || referencingColumn(direct, target)));
    }

    /// A table that refers to itself is reached both ways by one foreign key: its name alone means
    /// the row referred to.
    private static boolean byConstraint(Direct direct, String target) {
        return direct.constraint().equals(target)
                && (!ofItself(direct) || direct.cardinality().toOne());
    }

    private static boolean ofItself(Direct direct) {
        return direct.origin().equals(direct.target());
    }

    /// Whether the foreign key is that one column of the origin.
    private static boolean referencingColumn(Direct direct, String column) {
        return direct.cardinality().toOne()
                && direct.pairs().size() == 1
                && direct.pairs().getFirst().originColumn().equals(column);
    }

    private static boolean hinted(Relationship relationship, String hint) {
        return switch (relationship) {
            case Direct direct when ofItself(direct) -> hintedOfItself(direct, hint);
            case Direct direct -> direct.constraint().equals(hint) || keyColumn(direct, hint);
            case ThroughJunction junction ->
                    junction.junction().name().equals(hint)
                            || junction.originConstraint().equals(hint)
                            || junction.targetConstraint().equals(hint);
        };
    }

    /// The table's own name with a hint means the rows that refer to this one (`parent_id`), as
    /// `parent_id` without the table's name means the one that it refers to.
    private static boolean hintedOfItself(Direct direct, String hint) {
        boolean byColumn =
                direct.pairs().size() == 1 && direct.pairs().getFirst().targetColumn().equals(hint);
        return byColumn || (direct.constraint().equals(hint) && !direct.cardinality().toOne());
    }

    private static boolean keyColumn(Direct direct, String column) {
        if (direct.pairs().size() != 1) {
            return false;
        }
        Pair pair = direct.pairs().getFirst();
        return pair.originColumn().equals(column) || pair.targetColumn().equals(column);
    }

    private CatalogProblem unknown(Table origin, String target, @Nullable String hint) {
        List<String> visible = new ArrayList<>();
        for (Relationship relationship : catalog.relationshipsFrom(origin.name())) {
            catalog.findTable(relationship.target())
                    .filter(table -> table.readers().contains(role.name()))
                    .ifPresent(table -> visible.add(table.name().name()));
        }
        visible.remove(target);
        return new CatalogProblem.RelationshipUnknown(
                origin.name().schema(),
                origin.name().name(),
                target,
                hint,
                NearestName.find(target, visible).orElse(null));
    }

    private static CatalogProblem ambiguous(Table origin, String target, List<Relationship> found) {
        String name = origin.name().name();
        List<Candidate> candidates =
                found.stream().map(relationship -> candidate(name, target, relationship)).toList();
        return new CatalogProblem.RelationshipAmbiguous(name, target, candidates);
    }

    private static Candidate candidate(String origin, String target, Relationship relationship) {
        String embedding = origin + " with " + relationship.target().name();
        return switch (relationship) {
            case Direct direct ->
                    new Candidate(
                            words(direct.cardinality()),
                            embedding,
                            direct.constraint()
                                    + " using "
                                    + columns(
                                            origin,
                                            direct.pairs().stream()
                                                    .map(Pair::originColumn)
                                                    .toList())
                                    + " and "
                                    + columns(
                                            direct.target().name(),
                                            direct.pairs().stream()
                                                    .map(Pair::targetColumn)
                                                    .toList()),
                            target + "!" + direct.constraint());
            case ThroughJunction junction ->
                    new Candidate(
                            words(Cardinality.MANY_TO_MANY),
                            embedding,
                            junction.junction().name()
                                    + " using "
                                    + columns(
                                            junction.originConstraint(),
                                            junction.originPairs().stream()
                                                    .map(Pair::targetColumn)
                                                    .toList())
                                    + " and "
                                    + columns(
                                            junction.targetConstraint(),
                                            junction.targetPairs().stream()
                                                    .map(Pair::originColumn)
                                                    .toList()),
                            target + "!" + junction.junction().name());
        };
    }

    private static String columns(String of, List<String> names) {
        return names.stream().collect(Collectors.joining(", ", of + "(", ")"));
    }

    private static String words(Cardinality cardinality) {
        return switch (cardinality) {
            case MANY_TO_ONE -> "many-to-one";
            case ONE_TO_MANY -> "one-to-many";
            case ONE_TO_ONE -> "one-to-one";
            case MANY_TO_MANY -> "many-to-many";
        };
    }
}
