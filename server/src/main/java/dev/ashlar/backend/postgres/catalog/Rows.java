package dev.ashlar.backend.postgres.catalog;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Columns of a result as the types of the catalog.
final class Rows {
    private Rows() {}

    /// Must not be NULL.
    static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        if (text == null) {
            throw new IllegalStateException("no " + column + " in the system catalog");
        }
        return text;
    }

    /// NULL is an empty list.
    static List<String> texts(ResultSet row, String column) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (Object element : elements(row, column)) {
            texts.add(String.valueOf(element));
        }
        return texts;
    }

    static Set<String> names(ResultSet row, String column) throws SQLException {
        return Collections.unmodifiableSet(new LinkedHashSet<>(texts(row, column)));
    }

    /// Of any integer type or oid.
    static List<Long> numbers(ResultSet row, String column) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        for (Object element : elements(row, column)) {
            numbers.add(((Number) element).longValue());
        }
        return numbers;
    }

    static List<Integer> columnNumbers(ResultSet row, String column) throws SQLException {
        return numbers(row, column).stream().map(Long::intValue).toList();
    }

    private static Object[] elements(ResultSet row, String column) throws SQLException {
        @Nullable Array array = row.getArray(column);
        return array == null ? new Object[0] : (Object[]) array.getArray();
    }
}
