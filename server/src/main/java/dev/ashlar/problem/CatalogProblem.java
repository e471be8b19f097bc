package dev.ashlar.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A name in the request stands for nothing, or for more than one thing.
///
/// Suggestions are computed only from what the caller may see.
public sealed interface CatalogProblem extends Problem {

    record TableUnknown(String schema, String table, @Nullable String suggestion)
            implements CatalogProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.TABLE_UNKNOWN;
        }
    }

    record ColumnUnknown(String table, String column) implements CatalogProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.COLUMN_UNKNOWN;
        }
    }

    /// A column that a select, filter or order names; worded as the database itself would.
    record ColumnMissing(String table, String column, List<String> suggestions)
            implements CatalogProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.DATABASE_REJECTED;
        }
    }

    /// A column by which an upsert is to find rows; worded as the database itself would.
    record ConflictColumnMissing(String table, String column, List<String> suggestions)
            implements CatalogProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.DATABASE_REJECTED;
        }
    }

    /// `suggestion` is what probably was meant instead of `mistaken`, which is the origin when
    /// nothing is related to it.
    record RelationshipUnknown(
            String schema,
            String origin,
            String target,
            @Nullable String hint,
            @Nullable String mistaken,
            @Nullable String suggestion)
            implements CatalogProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.RELATIONSHIP_UNKNOWN;
        }
    }

    /// More than one way from `origin` to `target`; the caller must name one.
    record RelationshipAmbiguous(String origin, String target, List<Candidate> candidates)
            implements CatalogProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.RELATIONSHIP_AMBIGUOUS;
        }
    }

    /// One of several relationships: `cardinality` such as `many-to-one`, `relationship` the
    /// constraint and columns.
    record Candidate(
            String cardinality, String embedding, String relationship, String disambiguation) {}

    /// What a routine was looked for by: the names of its arguments, or one unnamed argument.
    enum Sought {
        NAMED,
        NAMED_OR_JSON,
        TEXT,
        XML,
        BYTES
    }

    /// `arguments` are the names that came.
    record RoutineUnknown(
            String schema,
            String routine,
            List<String> arguments,
            Sought sought,
            @Nullable String suggestion)
            implements CatalogProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.ROUTINE_UNKNOWN;
        }
    }

    record RoutineAmbiguous(List<String> signatures) implements CatalogProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.ROUTINE_AMBIGUOUS;
        }
    }

    record SchemaNotExposed(String schema, List<String> exposed) implements CatalogProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.SCHEMA_NOT_EXPOSED;
        }
    }

    /// The first catalog is still being read.
    record NotLoaded() implements CatalogProblem {
        @Override
        public ErrorCode code() {
            return ErrorCode.CATALOG_NOT_LOADED;
        }
    }
}
