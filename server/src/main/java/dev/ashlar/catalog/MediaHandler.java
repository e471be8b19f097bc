package dev.ashlar.catalog;

import org.jspecify.annotations.Nullable;

/// An aggregate that turns rows into a body of one media type (PostgREST's reference, "Media Type
/// Handlers"). `mediaType` is the name of the domain that it returns, such as `text/csv` or `*/*`;
/// `table` is the one whose rows it takes, null when it takes any.
public record MediaHandler(
        String mediaType, QualifiedName aggregate, @Nullable QualifiedName table) {}
