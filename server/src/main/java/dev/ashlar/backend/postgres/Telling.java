package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlText;

/// Whether a statement tells, besides what it gives, what the database's code has set for the
/// answer: one look later would be one round trip more.
enum Telling {
    NOTHING,
    /// The settings `response.status` and `response.headers`, null where they are not set, as they
    /// are once all rows are there.
    ANSWER;

    void write(SqlText sql) {
        switch (this) {
            case NOTHING -> {}
            case ANSWER ->
                    sql.sql(", nullif(current_setting('response.status', TRUE), '')")
                            .sql(", nullif(current_setting('response.headers', TRUE), '')");
        }
    }
}
