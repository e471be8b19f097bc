package dev.ashlar.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column of a table or view. `type` is as the database writes it in a cast, such as `character
/// varying` or `public.mood`; `baseType` is the type under a domain, else the same. `enumValues` is
/// empty for other types.
public record Column(
        String name,
        String type,
        String baseType,
        boolean nullable,
        @Nullable Generation generation,
        List<String> enumValues,
        @Nullable String comment) {

    /// Who fills the column when a writer leaves it out.
    public enum Generation {
        /// A default expression.
        DEFAULT,
        /// `GENERATED ALWAYS AS IDENTITY`: writing it is refused.
        IDENTITY_ALWAYS,
        IDENTITY_BY_DEFAULT,
        /// Computed from other columns.
        COMPUTED
    }
}
