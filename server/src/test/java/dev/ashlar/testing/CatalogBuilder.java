package dev.ashlar.testing;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Key;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Relationship;
import dev.ashlar.catalog.Relationship.Cardinality;
import dev.ashlar.catalog.Relationship.Pair;
import dev.ashlar.catalog.Routine;
import dev.ashlar.catalog.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes a catalog of schema `public` by hand, for tests that need no database.
public final class CatalogBuilder {
    private final Map<QualifiedName, Table> tables = new LinkedHashMap<>();
    private final Map<QualifiedName, List<Relationship>> relationships = new LinkedHashMap<>();
    private final Map<QualifiedName, List<Routine>> routines = new LinkedHashMap<>();

    public static QualifiedName name(String name) {
        return new QualifiedName("public", name);
    }

    /// Columns are written `name:type`, and the first `key` of them are the primary key. Everybody
    /// may read it.
    public CatalogBuilder table(String name, int key, String... columns) {
        return table(name, key, Set.of("anon", "authenticated"), columns);
    }

    public CatalogBuilder table(String name, int key, Set<String> readers, String... columns) {
        Map<String, Column> byName = new LinkedHashMap<>();
        for (String column : columns) {
            Column made = column(column);
            byName.put(made.name(), made);
        }
        List<String> first = List.copyOf(byName.keySet()).subList(0, key);
        List<Key> keys =
                key == 0 ? List.of() : List.of(new Key(name + "_pkey", Key.Kind.PRIMARY, first));
        tables.put(
                name(name),
                new Table(
                        name(name),
                        Table.Kind.TABLE,
                        byName,
                        Map.of(),
                        keys,
                        Set.of(Table.Write.values()),
                        readers,
                        readers,
                        readers,
                        null));
        return this;
    }

    /// A foreign key, seen from both of its ends.
    public CatalogBuilder reference(String constraint, String from, String column, String to) {
        return reference(constraint, from, column, to, Cardinality.ONE_TO_MANY);
    }

    /// A foreign key on a unique column.
    public CatalogBuilder uniqueReference(
            String constraint, String from, String column, String to) {
        return reference(constraint, from, column, to, Cardinality.ONE_TO_ONE);
    }

    private CatalogBuilder reference(
            String constraint, String from, String column, String to, Cardinality back) {
        Cardinality forth =
                back == Cardinality.ONE_TO_ONE ? Cardinality.ONE_TO_ONE : Cardinality.MANY_TO_ONE;
        add(
                new Relationship.Direct(
                        name(from), name(to), forth, constraint, List.of(new Pair(column, "id"))));
        add(
                new Relationship.Direct(
                        name(to), name(from), back, constraint, List.of(new Pair("id", column))));
        return this;
    }

    /// A junction of two tables over columns `one_id` and `other_id`, both ways.
    public CatalogBuilder junction(String junction, String one, String other) {
        through(junction, one, other);
        through(junction, other, one);
        return this;
    }

    private void through(String junction, String origin, String target) {
        add(
                new Relationship.ThroughJunction(
                        name(origin),
                        name(target),
                        name(junction),
                        junction + "_" + origin + "_fkey",
                        junction + "_" + target + "_fkey",
                        List.of(new Pair("id", origin + "_id")),
                        List.of(new Pair(target + "_id", "id"))));
    }

    private void add(Relationship relationship) {
        relationships
                .computeIfAbsent(relationship.origin(), _ -> new ArrayList<>())
                .add(relationship);
    }

    /// Arguments are written `name:type`, with ` ?` at the end where they may be left out; only
    /// anon may call it.
    public CatalogBuilder routine(
            String name, Routine.Returns returns, Routine.Volatility volatility, String... takes) {
        List<Routine.Argument> arguments = new ArrayList<>();
        boolean variadic = false;
        for (String taken : takes) {
            boolean required = !taken.endsWith(" ?");
            variadic |= taken.endsWith("[]");
            Column column = column(required ? taken : taken.substring(0, taken.length() - 2));
            arguments.add(new Routine.Argument(column.name(), column.type(), required));
        }
        routines.computeIfAbsent(name(name), _ -> new ArrayList<>())
                .add(
                        new Routine(
                                name(name),
                                arguments,
                                returns,
                                volatility,
                                variadic,
                                Map.of(),
                                Set.of("anon"),
                                null));
        return this;
    }

    public static Routine.Returns scalar(String type) {
        return new Routine.Returns(type, false, false, null, List.of(), null);
    }

    public static Routine.Returns scalars(String type) {
        return new Routine.Returns(type, true, false, null, List.of(), null);
    }

    /// Columns are written `name:type`.
    public static Routine.Returns rows(String... columns) {
        List<Column> made = new ArrayList<>();
        for (String column : columns) {
            made.add(column(column));
        }
        return new Routine.Returns("record", true, true, null, made, null);
    }

    public static Routine.Returns rowsOf(String table) {
        return new Routine.Returns(table, true, true, name(table), List.of(), null);
    }

    public Catalog build() {
        return new Catalog(
                1,
                Map.copyOf(tables),
                Map.copyOf(relationships),
                Map.copyOf(routines),
                Catalog.Surroundings.NONE);
    }

    /// The type is what follows the last `:`; names may hold blanks.
    private static Column column(String text) {
        int colon = text.lastIndexOf(':');
        String type = text.substring(colon + 1);
        return Column.of(text.substring(0, colon), type, type);
    }
}
