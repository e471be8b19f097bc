package dev.ashlar.policy.explanation;

import dev.ashlar.policy.exposure.Facts.PolicyCommand;
import dev.ashlar.policy.exposure.Verb;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Why a caller may or may not do something to rows of a table.
///
/// @param object `public.notes`
/// @param policies all of the table, also those that do not apply
/// @param more there are rows that were not looked at
/// @param remarks what could not be looked at, and what else may matter
public record Explanation(
        String object,
        Verb verb,
        Asker asker,
        Access access,
        RowSecurity rowSecurity,
        List<PolicyLine> policies,
        List<RowAnswer> rows,
        More more,
        List<String> remarks) {

    /// Whether every row was looked at.
    public enum More {
        NO,
        YES
    }

    /// Whether policies decide about this caller.
    public enum RowSecurity {
        /// Switched off: policies do nothing.
        OFF,
        /// On, and the role is held by it.
        HOLDS,
        /// On, but the role is a superuser or has BYPASSRLS.
        BYPASSED,
        /// On, but the role owns the table, and it is not forced.
        OWNER
    }

    /// Rights by grants, before any policy.
    ///
    /// @param columns of the table that the verb is granted on
    /// @param withheld those that it is not granted on
    /// @param missing columns of those that the statement names
    public record Access(
            boolean usage,
            boolean granted,
            List<String> columns,
            List<String> withheld,
            List<String> missing) {
        /// Whether the statement gets as far as the policies.
        public boolean enough() {
            return usage && granted && missing.isEmpty();
        }
    }

    /// A policy.
    ///
    /// @param applies to the role and the verb, or to reading on the way
    public record PolicyLine(
            String name,
            PolicyCommand command,
            boolean permissive,
            List<String> roles,
            boolean applies) {}

    /// What became of one row.
    ///
    /// @param key its primary key, or all of it where there is none; values as JSON would write
    ///   them
    /// @param values the whole row
    /// @param allowed what follows from grants and steps
    /// @param confirmed what PostgreSQL said when it was tried, where it was
    public record RowAnswer(
            Map<String, String> key,
            Map<String, String> values,
            boolean allowed,
            List<Step> steps,
            Optional<Boolean> confirmed) {}

    /// Where policies look at a row.
    public enum Phase {
        /// Policies for SELECT, on the row as it is.
        SEEN,
        /// Policies for the verb, on the row as it is.
        CHOSEN,
        /// Policies for the verb, on the row as it would be.
        CHECKED,
        /// Policies for SELECT, on the row as it would be; on INSERT only when it is to be
        /// returned.
        RETURNED
    }

    /// All policies that decide in one phase.
    public record Step(Phase phase, boolean passed, List<Judged> policies) {}

    /// One policy on one row.
    ///
    /// @param error why it could not be decided, else empty
    /// @param clauses its parts, joined by AND and OR
    public record Judged(
            String policy,
            boolean permissive,
            String condition,
            Truth truth,
            String error,
            List<Clause> clauses) {}

    /// A part of a condition that holds no AND or OR.
    public record Clause(
            String text, Truth truth, String error, List<Value> values, List<Nested> nested) {}

    /// @param text empty for null
    public record Value(String name, Optional<String> text) {}

    /// A table that a clause looks into, on the caller's behalf.
    ///
    /// @param without what the clause would be if nothing held the caller back there
    /// @param rows those that the clause looks for, and whether the caller sees them
    public record Nested(
            String object,
            Truth without,
            Access access,
            RowSecurity rowSecurity,
            List<PolicyLine> policies,
            List<RowAnswer> rows) {}
}
