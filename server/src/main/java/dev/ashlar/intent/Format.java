package dev.ashlar.intent;

import dev.ashlar.catalog.QualifiedName;
import java.util.Set;

/// What the rows of an answer are written as.
public sealed interface Format {
    /// Rows as a JSON array.
    static Format json() {
        return new Json(Rows.ANY, Nulls.KEPT);
    }

    /// How many rows may come.
    default Rows rows() {
        return Rows.ANY;
    }

    /// JSON: an array, or with [Rows#ONE] the one object itself; `nulls` tells whether members that
    /// are null are left out.
    record Json(Rows rows, Nulls nulls) implements Format {}

    /// Comma-separated values with a line of names (RFC 4180).
    record Csv() implements Format {}

    /// One `FeatureCollection` (RFC 7946), written by PostGIS.
    record GeoJson() implements Format {}

    /// A body that an aggregate of the database makes of the rows.
    record Aggregated(String mediaType, QualifiedName aggregate) implements Format {}

    /// A body that is the one value of a function.
    record Raw(String mediaType) implements Format {}

    /// No body, of what would be one: only how many rows there are.
    record Omitted(Format of) implements Format {
        @Override
        public Rows rows() {
            return of.rows();
        }
    }

    /// Not the answer but how the database would find it (PostgreSQL manual, EXPLAIN).
    record Explained(Format of, PlanText text, Set<Option> options) implements Format {
        @Override
        public Rows rows() {
            return of.rows();
        }
    }

    /// With [#ONE] any other number of rows is an error, and a write is undone.
    enum Rows {
        ANY,
        ONE
    }

    enum Nulls {
        KEPT,
        STRIPPED
    }

    enum PlanText {
        TEXT,
        JSON
    }

    /// Options of EXPLAIN.
    enum Option {
        ANALYZE,
        VERBOSE,
        SETTINGS,
        BUFFERS,
        WAL
    }
}
