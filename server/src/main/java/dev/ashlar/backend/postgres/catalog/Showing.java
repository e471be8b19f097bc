package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// That an exposed relation shows columns of a table: itself, or a view of it under names of its
/// own. `names` leads from the table's column numbers to the relation's column names.
record Showing(QualifiedName relation, Map<Integer, String> names) {

    /// The relation's names of the columns, when it shows all of them.
    Optional<List<String>> findAll(List<Integer> columns) {
        List<String> all = new ArrayList<>(columns.size());
        for (Integer column : columns) {
            String name = names.get(column);
            if (name == null) {
                return Optional.empty();
            }
            all.add(name);
        }
        return Optional.of(all);
    }
}
