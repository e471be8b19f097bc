package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.QualifiedName;
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

    static QualifiedName name(ResultSet row, String schema, String name) throws SQLException {
        return new QualifiedName(text(row, schema), text(row, name));
    }

    static @Nullable QualifiedName findName(ResultSet row, String schema, String name)
            throws SQLException {
        String found = row.getString(name);
        return found == null ? null : new QualifiedName(text(row, schema), found);
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

    /// Read from the array's text, `{1,2}`: the driver makes a dozen objects of each array, and a
    /// large schema has tens of thousands of these.
    static List<Integer> columnNumbers(ResultSet row, String column) throws SQLException {
        String text = text(row, column);
        int at = text.indexOf('{') + 1;
        int end = text.length() - 1;
        int comma = text.indexOf(',', at);
        if (comma < 0) {
            return at == end ? List.of() : List.of(Integer.valueOf(text.substring(at, end)));
        }
        List<Integer> numbers = new ArrayList<>(2);
        while (comma >= 0) {
            numbers.add(Integer.valueOf(text.substring(at, comma)));
            at = comma + 1;
            comma = text.indexOf(',', at);
        }
        numbers.add(Integer.valueOf(text.substring(at, end)));
        return List.copyOf(numbers);
    }

    private static Object[] elements(ResultSet row, String column) throws SQLException {
        @Nullable Array array = row.getArray(column);
        return array == null ? new Object[0] : (Object[]) array.getArray();
    }
}
