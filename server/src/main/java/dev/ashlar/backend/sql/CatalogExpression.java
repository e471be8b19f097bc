package dev.ashlar.backend.sql;

import dev.ashlar.catalog.Column;
import java.util.Optional;

/// An expression that a database itself wrote into the catalog, and which may therefore stand in
/// SQL as it is.
public final class CatalogExpression {
    private final String sql;

    private CatalogExpression(String sql) {
        this.sql = sql;
    }

    /// What the column holds when nobody says; empty when that is null, or an identity.
    public static Optional<CatalogExpression> findDefault(Column column) {
        return Optional.ofNullable(column.declaration().defaultExpression())
                .map(CatalogExpression::new);
    }

    String sql() {
        return sql;
    }
}
