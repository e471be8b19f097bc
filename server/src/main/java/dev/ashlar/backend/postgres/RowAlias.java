package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlText;

/// The name under which a statement knows the rows of one level, and what those are.
record RowAlias(String name, Form form) implements NodeSql.Origin {
    /// The column in which a write returns the whole row in its table's type.
    static final String WHOLE_ROW = "ashlar row";

    enum Form {
        /// Rows in the type of their table.
        TYPED,
        /// What a write returned: columns, of which no type is known to the database.
        RETURNED
    }

    static RowAlias typed(String name) {
        return new RowAlias(name, Form.TYPED);
    }

    @Override
    public void column(SqlText sql, String column) {
        sql.identifier(name).sql(".").identifier(column);
    }

    @Override
    public void row(SqlText sql) {
        sql.identifier(name);
        switch (form) {
            case TYPED -> sql.sql(".*");
            case RETURNED -> sql.sql(".").identifier(WHOLE_ROW);
        }
    }
}
