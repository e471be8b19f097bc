package dev.ashlar.catalog;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A function or procedure; overloads are separate routines. `settings` are those of its definition
/// (`SET statement_timeout TO …`), by name. `callers` are the roles that may execute it.
public record Routine(
        QualifiedName name,
        List<Argument> arguments,
        Returns returns,
        Volatility volatility,
        boolean variadic,
        Map<String, String> settings,
        Set<String> callers,
        @Nullable String comment) {

    /// `type` is as the database writes it in a cast. An unnamed argument has an empty name.
    public record Argument(String name, String type, boolean required) {}

    /// What comes back. `set` when there may be any number of rows; `composite` when a row has
    /// columns; `table` when its rows are those of a known table, which can then be filtered and
    /// embedded by name; `mediaType` when its type is a domain named like one, whose value is then
    /// the body.
    public record Returns(
            String type,
            boolean set,
            boolean composite,
            @Nullable QualifiedName table,
            List<Column> columns,
            @Nullable String mediaType) {
        /// Nothing at all.
        public boolean isVoid() {
            return "void".equals(type);
        }
    }

    public enum Volatility {
        IMMUTABLE,
        STABLE,
        VOLATILE
    }
}
