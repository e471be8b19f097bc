package dev.ashlar.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A YAML file as a tree, for files that are no settings. Lines count from 1.
public sealed interface YamlNode {
    int line();

    record Mapping(Map<String, YamlNode> entries, int line) implements YamlNode {
        public Optional<YamlNode> find(String key) {
            return Optional.ofNullable(entries.get(key));
        }
    }

    record Sequence(List<YamlNode> items, int line) implements YamlNode {}

    /// @param kind what plain text stands for by YAML's core schema; quoted text is TEXT
    record Scalar(String text, Kind kind, int line) implements YamlNode {}

    enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        NULL
    }
}
