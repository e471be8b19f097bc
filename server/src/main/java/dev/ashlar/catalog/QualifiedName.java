package dev.ashlar.catalog;

/// The name of a table, view or routine within its schema, unquoted.
public record QualifiedName(String schema, String name) {
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
