package dev.ashlar.catalog;

/// A function of a table's row that can be selected, filtered and ordered by like a column
/// (PostgREST's reference, "Computed Fields"). `column` has its name and type.
public record ComputedField(QualifiedName function, Column column) {}
