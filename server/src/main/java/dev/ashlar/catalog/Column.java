package dev.ashlar.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column of a table or view. `type` is as the database writes it in a cast, such as `character
/// varying` or `public.mood`; `baseType` is the type under a domain, else the same. `enumValues` is
/// empty for other types. `representation` is there when the type's own casts give it another form
/// on the wire.
public record Column(
        String name,
        String type,
        String baseType,
        boolean nullable,
        @Nullable Generation generation,
        List<String> enumValues,
        @Nullable String comment,
        Declaration declaration,
        @Nullable Representation representation) {

    /// A column of which no more is known than its type.
    public static Column of(String name, String type, String baseType) {
        return new Column(
                name, type, baseType, true, null, List.of(), null, Declaration.NONE, null);
    }

    /// What the definition says beyond the type: the default as the database writes it, and the
    /// most characters that a `character` type takes.
    public record Declaration(@Nullable String defaultExpression, @Nullable Integer maxLength) {
        public static final Declaration NONE = new Declaration(null, null);
    }

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
