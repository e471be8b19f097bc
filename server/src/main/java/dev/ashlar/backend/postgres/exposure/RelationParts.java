package dev.ashlar.backend.postgres.exposure;

import static dev.ashlar.backend.postgres.exposure.FactQueries.find;
import static dev.ashlar.backend.postgres.exposure.FactQueries.letter;
import static dev.ashlar.backend.postgres.exposure.FactQueries.text;
import static dev.ashlar.backend.postgres.exposure.FactQueries.texts;

import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.ForeignKey;
import dev.ashlar.policy.exposure.Facts.Grant;
import dev.ashlar.policy.exposure.Facts.Privileges;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Verb;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What belongs to relations: columns, keys, rights. Put together by the relation's oid.
record RelationParts(
        Map<Long, List<Column>> columns,
        Map<Long, List<Constraint>> constraints,
        Map<Long, List<List<String>>> indexes,
        Map<Long, List<List<String>>> uniqueIndexes,
        Map<Long, Map<String, Privileges>> privileges,
        Map<Long, List<Grant>> grants,
        List<ForeignKey> foreignKeys) {

    record Constraint(char type, List<String> columns, String condition) {}

    /// Something of the relation with that oid.
    private record Part<T>(long relation, T value) {}

    static RelationParts read(FactQueries queries, List<Long> oids, List<String> roles)
            throws SQLException {
        List<Part<ForeignKey>> keys = new ArrayList<>();
        List<Part<Constraint>> constraints =
                queries.list(
                        "constraints.sql",
                        row -> {
                            if (letter(row, "contype") == 'f') {
                                keys.add(foreignKey(row));
                            }
                            return constraint(row);
                        },
                        List.of(oids));
        List<Part<Index>> indexes =
                queries.list("indexes.sql", RelationParts::index, List.of(oids));
        Map<Long, Map<String, Privileges>> privileges = new HashMap<>();
        queries.list("privileges.sql", RelationParts::privileges, List.of(oids, roles))
                .forEach(part ->
                        privileges
                                .computeIfAbsent(part.relation(), _ -> new HashMap<>())
                                .put(part.value().getKey(), part.value().getValue()));
        return new RelationParts(
                byRelation(queries.list("columns.sql", RelationParts::column, List.of(oids))),
                byRelation(constraints),
                byRelation(
                        indexes.stream()
                                .map(part -> new Part<>(part.relation(), part.value().columns()))
                                .toList()),
                byRelation(
                        indexes.stream()
                                .filter(part -> part.value().unique())
                                .map(part -> new Part<>(part.relation(), part.value().columns()))
                                .toList()),
                privileges,
                byRelation(queries.list("grants.sql", RelationParts::grant, List.of(oids, oids))),
                keys.stream().map(Part::value).toList());
    }

    private record Index(boolean unique, List<String> columns) {}

    private static <T> Map<Long, List<T>> byRelation(List<Part<T>> parts) {
        Map<Long, List<T>> map = new HashMap<>();
        for (Part<T> part : parts) {
            map.computeIfAbsent(part.relation(), _ -> new ArrayList<>()).add(part.value());
        }
        return map;
    }

    Relation relation(RelationRow row) {
        List<Constraint> own = constraints.getOrDefault(row.oid(), List.of());
        return new Relation(
                row.oid(),
                row.schema(),
                row.name(),
                row.kind(),
                row.owner(),
                row.ownerSeesEverything(),
                row.rowSecurity(),
                row.forced(),
                row.securityInvoker(),
                row.parent(),
                row.exposed(),
                row.comment(),
                columns.getOrDefault(row.oid(), List.of()),
                own.stream()
                        .filter(each -> each.type() == 'p')
                        .findFirst()
                        .map(Constraint::columns)
                        .orElse(List.of()),
                uniqueIndexes.getOrDefault(row.oid(), List.of()),
                own.stream().filter(each -> each.type() == 'c').map(Constraint::condition).toList(),
                indexes.getOrDefault(row.oid(), List.of()),
                row.reads(),
                row.definition(),
                row.updatable(),
                privileges.getOrDefault(row.oid(), Map.of()),
                grants.getOrDefault(row.oid(), List.of()));
    }

    private static Part<Column> column(ResultSet row) throws SQLException {
        return new Part<>(
                row.getLong("attrelid"),
                new Column(
                        text(row, "attname"),
                        text(row, "type"),
                        text(row, "base"),
                        letter(row, "typcategory"),
                        texts(row, "labels"),
                        texts(row, "domain_checks"),
                        row.getBoolean("not_null"),
                        find(row, "expression"),
                        text(row, "attidentity"),
                        row.getBoolean("generated"),
                        find(row, "comment")));
    }

    private static Part<Constraint> constraint(ResultSet row) throws SQLException {
        return new Part<>(
                row.getLong("conrelid"),
                new Constraint(
                        letter(row, "contype"), texts(row, "columns"), text(row, "condition")));
    }

    private static Part<ForeignKey> foreignKey(ResultSet row) throws SQLException {
        long relation = row.getLong("conrelid");
        return new Part<>(
                relation,
                new ForeignKey(
                        text(row, "conname"),
                        relation,
                        texts(row, "columns"),
                        row.getLong("confrelid"),
                        text(row, "target"),
                        texts(row, "target_columns"),
                        text(row, "on_delete")));
    }

    private static Part<Index> index(ResultSet row) throws SQLException {
        return new Part<>(
                row.getLong("indrelid"),
                new Index(row.getBoolean("indisunique"), unquoted(texts(row, "columns"))));
    }

    /// `pg_get_indexdef` quotes the names that need it.
    private static List<String> unquoted(List<String> columns) {
        return columns.stream()
                .map(name ->
                        name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                                : name)
                .toList();
    }

    private static Part<Map.Entry<String, Privileges>> privileges(ResultSet row)
            throws SQLException {
        Map<Verb, Set<String>> columns = new EnumMap<>(Verb.class);
        for (Verb verb : List.of(Verb.SELECT, Verb.INSERT, Verb.UPDATE)) {
            columns.put(verb, new LinkedHashSet<>(texts(row, verb.word())));
        }
        return new Part<>(
                row.getLong("oid"),
                Map.entry(
                        text(row, "rolname"),
                        new Privileges(
                                row.getBoolean("usage"),
                                columns,
                                row.getBoolean("delete"),
                                row.getBoolean("truncate"))));
    }

    private static Part<Grant> grant(ResultSet row) throws SQLException {
        return new Part<>(
                row.getLong("oid"),
                new Grant(
                        text(row, "grantee"),
                        text(row, "privilege_type"),
                        find(row, "column_name"),
                        row.getBoolean("is_grantable")));
    }
}
