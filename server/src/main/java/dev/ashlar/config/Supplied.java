package dev.ashlar.config;

import java.util.List;

/// A value as somebody wrote it, not yet of its type.
sealed interface Supplied {

    Origin origin();

    record Text(String text, Origin origin) implements Supplied {}

    /// A YAML list, whose items may hold commas.
    record Items(List<String> items, Origin origin) implements Supplied {}
}
