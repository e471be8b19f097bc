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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
        for (Relationship relationship : catalog.relationshipsFrom(origin.name(), target)) {
            if (matches(relationship, target, hint)) {
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

    private boolean matches(Relationship relationship, String target, @Nullable String hint) {
        if (relationship instanceof Relationship.Computed computed) {
            return computed.function().name().equals(target);
        }
        String schema = relationship.origin().schema();
        boolean byTable = relationship.target().equals(new QualifiedName(schema, target));
        if (hint != null) {
            return byTable && hinted(relationship, hint);
        }
        return byTable
                || (relationship instanceof Direct direct
                        && direct.target().schema().equals(schema)
                        && !isView(direct.target())
                        && (byConstraint(direct, target) || referencingColumn(direct, target)));
    }

    /// A foreign key or its column means the table at its other end, not the views that show it.
    private boolean isView(QualifiedName name) {
        return catalog.findTable(name)
                .map(table ->
                        table.kind() == Table.Kind.VIEW
                                || table.kind() == Table.Kind.MATERIALIZED_VIEW)
                .orElse(false);
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
            case Relationship.Computed _ -> false;
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
        QualifiedName name = origin.name();
        Set<String> related = relatedTo(name);
        boolean lonely = related.isEmpty();
        String mistaken = lonely ? name.name() : target;
        Set<String> known = lonely ? namesOfRelated(name.schema()) : related;
        return new CatalogProblem.RelationshipUnknown(
                name.schema(),
                name.name(),
                target,
                hint,
                mistaken,
                NearestName.findOther(mistaken, readable(name.schema(), known)).orElse(null));
    }

    private Set<String> relatedTo(QualifiedName origin) {
        Set<String> names = new LinkedHashSet<>();
        for (Relationship relationship : catalog.relationshipsFrom(origin)) {
            if (relationship.target().schema().equals(origin.schema())) {
                names.add(relationship.target().name());
            }
        }
        return names;
    }

    /// Of a large schema none: they would all have to be compared.
    private Set<String> namesOfRelated(String schema) {
        Set<String> names = new LinkedHashSet<>();
        for (QualifiedName origin : catalog.relationships().keySet()) {
            if (origin.schema().equals(schema)) {
                names.add(origin.name());
            }
        }
        return names.size() < NearestName.MOST_CANDIDATES ? names : Set.of();
    }

    private List<String> readable(String schema, Set<String> names) {
        return names.stream()
                .filter(name ->
                        catalog.findTable(new QualifiedName(schema, name))
                                .filter(table -> table.readers().contains(role.name()))
                                .isPresent())
                .toList();
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
            case Relationship.Computed computed ->
                    new Candidate(
                            words(computed.cardinality()),
                            embedding,
                            computed.function().name(),
                            computed.function().name());
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
