package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.Relation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The table whose rows a view shows, and under which names.
///
/// @param key the view's column by which a row of the table is told
/// @param columns the table's by the view's
record ViewSource(Relation table, String key, Map<String, String> columns) {
    private static final Set<String> TELLING =
            Set.of("uuid", "bigint", "integer", "text", "character varying");

    /// Best a table whose rows belong to accounts, told by a key.
    static Optional<ViewSource> find(Facts facts, Relation view, WorldPlanner planner, Rows rows) {
        return tables(facts, view).stream()
                .filter(table -> !rows.of(table).isEmpty())
                .sorted(Comparator.comparing(table -> !planner.traits(table).personal()))
                .flatMap(table -> of(view, table, planner.traits(table)).stream())
                .min(Comparator.comparing(source -> !source.tellsRows()));
    }

    /// Those that it reads, itself or by other views.
    static List<Relation> tables(Facts facts, Relation view) {
        Set<Relation> found = new LinkedHashSet<>();
        collect(facts, view, new LinkedHashSet<>(), found);
        return List.copyOf(found);
    }

    private static void collect(Facts facts, Relation view, Set<Long> seen, Set<Relation> found) {
        for (Long oid : view.reads()) {
            Optional<Relation> read = seen.add(oid) ? facts.find(oid) : Optional.empty();
            read.filter(each -> each.kind().hasPolicies()).ifPresent(found::add);
            read.ifPresent(each -> collect(facts, each, seen, found));
        }
    }

    private static Optional<ViewSource> of(Relation view, Relation table, TableTraits traits) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (Column column : view.columns()) {
            String name = original(view, column.name());
            table.find(name)
                    .filter(each -> each.base().equals(column.base()))
                    .ifPresent(_ -> columns.put(column.name(), name));
        }
        List<String> keys = new ArrayList<>();
        if (table.primaryKey().size() == 1) {
            keys.add(table.primaryKey().getFirst());
        }
        table.uniques().stream()
                .filter(key -> key.size() == 1)
                .forEach(key -> keys.add(key.getFirst()));
        traits.owner().ifPresent(keys::add);
        keys.addAll(traits.accounts());
        table.columns().stream()
                .filter(column -> TELLING.contains(column.base()))
                .map(Column::name)
                .forEach(keys::add);
        return keys.stream()
                .flatMap(key ->
                        columns.entrySet().stream()
                                .filter(entry -> entry.getValue().equals(key))
                                .map(Map.Entry::getKey))
                .findFirst()
                .map(key -> new ViewSource(table, key, columns));
    }

    /// What `AS` renames, as far as the definition says it plainly.
    private static String original(Relation view, String column) {
        Matcher renamed =
                Pattern.compile(
                                "(?:^|[\\s.,(])\"?(\\w+)\"?(?:::[\\w ]+)? AS \"?"
                                        + Pattern.quote(column)
                                        + "\"?(?!\\w)")
                        .matcher(view.definition().orElse(""));
        return renamed.find() ? renamed.group(1) : column;
    }

    /// Whether rows of one account are told apart too.
    boolean tellsRows() {
        String name = original();
        return table.primaryKey().equals(List.of(name)) || table.uniques().contains(List.of(name));
    }

    /// The table's name of the key.
    String original() {
        return columns.getOrDefault(key, key);
    }

    /// The view's name of a column of the table.
    Optional<String> shown(String name) {
        return columns.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    Optional<String> value(WorldRow row) {
        return row.value(original());
    }
}
