package dev.ashlar.catalog;

import java.util.Comparator;

/// The name of a table, view or routine within its schema, unquoted.
public record QualifiedName(String schema, String name) {
    /// By schema, then by name.
    public static final Comparator<QualifiedName> ORDER =
            Comparator.comparing(QualifiedName::schema).thenComparing(QualifiedName::name);

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
