package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// That an exposed relation shows columns of the table `table`: itself, or a view of it under names
/// of its own. `columns` leads from the table's column numbers to the relation's columns.
record Showing(QualifiedName relation, long table, Columns columns) {

    /// The relation's names of the columns, when it shows all of them.
    Optional<List<String>> findAll(List<Integer> numbers) {
        List<String> all = new ArrayList<>(numbers.size());
        for (Integer number : numbers) {
            Column column = columns.find(number);
            if (column == null) {
                return Optional.empty();
            }
            all.add(column.name());
        }
        return Optional.of(all);
    }
}
