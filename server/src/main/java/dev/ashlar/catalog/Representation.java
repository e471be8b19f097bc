package dev.ashlar.catalog;

import org.jspecify.annotations.Nullable;

/// The form of a domain on the wire: functions of its casts to `json`, and from `json` and `text`;
/// null where there is no such cast (PostgREST's reference, "Domain Representations").
public record Representation(
        @Nullable QualifiedName toJson,
        @Nullable QualifiedName fromJson,
        @Nullable QualifiedName fromText) {}
