package dev.ashlar.backend.sql;

import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Routine;

/// A type name that a database itself wrote into the catalog, and which may therefore stand in SQL
/// as it is.
public final class CatalogType {
    private final String sql;

    private CatalogType(String sql) {
        this.sql = sql;
    }

    public static CatalogType of(Column column) {
        return new CatalogType(column.type());
    }

    /// The type under the domains, which puts no check on a value that is only compared.
    public static CatalogType base(Column column) {
        return new CatalogType(column.baseType());
    }

    public static CatalogType of(Routine.Argument argument) {
        return new CatalogType(argument.type());
    }

    String sql() {
        return sql;
    }
}
