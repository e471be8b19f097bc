package dev.ashlar.catalog;

import java.util.List;

/// A primary key or unique constraint.
public record Key(String constraint, Kind kind, List<String> columns) {
    public enum Kind {
        PRIMARY,
        UNIQUE
    }
}
