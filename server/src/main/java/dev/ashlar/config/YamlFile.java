package dev.ashlar.config;

import dev.ashlar.config.YamlNode.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Reads YAML text into [YamlNode]s: no objects are made of it, tags of its own are refused.
public final class YamlFile {
    private static final int MAX_DEPTH = 50;
    private static final int MAX_CHARS = 4_000_000;
    private static final Map<Tag, Kind> KINDS =
            Map.of(
                    Tag.STR, Kind.TEXT,
                    Tag.INT, Kind.NUMBER,
                    Tag.FLOAT, Kind.NUMBER,
                    Tag.BOOL, Kind.BOOLEAN,
                    Tag.NULL, Kind.NULL);

    private final String name;

    private YamlFile(String name) {
        this.name = name;
    }

    /// Empty text has no node.
    ///
    /// @param name of the file, for messages
    /// @throws InvalidConfigException for what is no YAML, with file and line
    public static Optional<YamlNode> parse(String name, String text) {
        YamlFile file = new YamlFile(name);
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(name)
                        .setUseMarks(true)
                        .setCodePointLimit(MAX_CHARS)
                        .build();
        try {
            return new Compose(settings).composeString(text).map(root -> file.read(root, 0));
        } catch (YamlEngineException e) {
            String message = String.valueOf(e.getMessage());
            throw new InvalidConfigException(
                    List.of(
                            name
                                    + ": not valid YAML: "
                                    + message.strip().replaceAll("\\s*\\n\\s*", " ")));
        }
    }

    private YamlNode read(Node node, int depth) {
        if (depth > MAX_DEPTH) {
            throw fault(node, "nested too deep");
        }
        return switch (node) {
            case MappingNode mapping -> mapping(mapping, depth);
            case SequenceNode sequence -> {
                List<YamlNode> items = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    items.add(read(item, depth + 1));
                }
                yield new YamlNode.Sequence(List.copyOf(items), line(node));
            }
            case ScalarNode scalar -> {
                Kind kind = KINDS.get(scalar.getTag());
                if (kind == null) {
                    throw fault(node, "the tag " + scalar.getTag() + " is not known here");
                }
                yield new YamlNode.Scalar(scalar.getValue(), kind, line(node));
            }
            default -> throw fault(node, "not understood");
        };
    }

    private YamlNode mapping(MappingNode mapping, int depth) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw fault(entry.getKeyNode(), "a key must be plain text");
            }
            if (entries.put(key.getValue(), read(entry.getValueNode(), depth + 1)) != null) {
                throw fault(key, key.getValue() + " is written twice");
            }
        }
        return new YamlNode.Mapping(Collections.unmodifiableMap(entries), line(mapping));
    }

    private InvalidConfigException fault(Node node, String what) {
        return new InvalidConfigException(List.of(name + ":" + line(node) + ": " + what));
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
