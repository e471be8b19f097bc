package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.Column;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Columns by number. Compact: large schemas have hundreds of thousands.
final class Columns {
    static final Columns NONE = new Columns(new int[0], new Column[0]);

    private final int[] numbers;
    private final Column[] columns;

    private Columns(int[] numbers, Column[] columns) {
        this.numbers = numbers;
        this.columns = columns;
    }

    static Columns of(SortedMap<Integer, Column> byNumber) {
        return new Columns(
                byNumber.keySet().stream().mapToInt(Integer::intValue).toArray(),
                byNumber.values().toArray(Column[]::new));
    }

    /// Both in the order of the numbers.
    static Columns of(List<Integer> numbers, List<Column> columns) {
        return new Columns(
                numbers.stream().mapToInt(Integer::intValue).toArray(),
                columns.toArray(Column[]::new));
    }

    @Nullable Column find(int number) {
        int at = Arrays.binarySearch(numbers, number);
        return at < 0 ? null : columns[at];
    }

    List<Column> all() {
        return List.of(columns);
    }

    int size() {
        return numbers.length;
    }

    int number(int index) {
        return numbers[index];
    }

    Column column(int index) {
        return columns[index];
    }

    Map<String, Column> byName() {
        Map<String, Column> byName = new LinkedHashMap<>();
        for (Column column : columns) {
            byName.put(column.name(), column);
        }
        return Collections.unmodifiableMap(byName);
    }
}
