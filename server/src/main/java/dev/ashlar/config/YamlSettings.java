package dev.ashlar.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Reads a YAML file into dotted keys with their line numbers. Works on the node tree, which keeps
/// the lines and never constructs objects.
final class YamlSettings {
    /// Deeper than any section; also what ends an alias that contains itself.
    private static final int MAX_DEPTH = 8;

    private final Path file;
    private final List<String> faults;
    private final Map<String, Supplied> values = new LinkedHashMap<>();

    private YamlSettings(Path file, List<String> faults) {
        this.file = file;
        this.faults = faults;
    }

    /// @param faults receives one line for each thing that cannot be read
    static Map<String, Supplied> load(Path file, List<String> faults) {
        YamlSettings settings = new YamlSettings(file, faults);
        settings.parse(settings.text());
        return settings.values;
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException _) {
            faults.add(file + ": there is no such file");
        } catch (MalformedInputException _) {
            faults.add(file + ": not UTF-8 text");
        } catch (IOException e) {
            faults.add(file + ": cannot be read (" + e.getMessage() + ")");
        }
        return "";
    }

    private void parse(String text) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(file.toString()).setUseMarks(true).build();
        try {
            new Compose(settings).composeString(text).ifPresent(root -> read("", root, 0));
        } catch (YamlEngineException e) {
            String message = String.valueOf(e.getMessage());
            faults.add(
                    file + ": not valid YAML: " + message.strip().replaceAll("\\s*\\n\\s*", " "));
        }
    }

    private void read(String key, Node node, int depth) {
        if (node instanceof MappingNode mapping && depth < MAX_DEPTH) {
            for (NodeTuple entry : mapping.getValue()) {
                readEntry(key, entry, depth);
            }
        } else if (key.isEmpty()) {
            if (!isNull(node)) {
                faults.add(origin(node).describe() + ": write `section:` and its keys below it");
            }
        } else if (node instanceof SequenceNode sequence) {
            readList(key, sequence);
        } else if (node instanceof ScalarNode scalar) {
            put(key, new Supplied.Text(isNull(node) ? "" : scalar.getValue(), origin(node)));
        } else {
            faults.add(origin(node).describe() + ": " + key + " is nested too deep");
        }
    }

    private void readEntry(String prefix, NodeTuple entry, int depth) {
        if (entry.getKeyNode() instanceof ScalarNode name) {
            String key = prefix.isEmpty() ? name.getValue() : prefix + "." + name.getValue();
            read(key, entry.getValueNode(), depth + 1);
        } else {
            faults.add(origin(entry.getKeyNode()).describe() + ": a key must be plain text");
        }
    }

    private void readList(String key, SequenceNode sequence) {
        List<String> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            if (item instanceof ScalarNode scalar) {
                items.add(scalar.getValue());
            } else {
                faults.add(origin(item).describe() + ": " + key + " takes plain values only");
            }
        }
        put(key, new Supplied.Items(items, origin(sequence)));
    }

    private void put(String key, Supplied value) {
        Supplied earlier = values.put(key, value);
        if (earlier != null) {
            faults.add(
                    value.origin().describe()
                            + ": "
                            + key
                            + " is already set at "
                            + earlier.origin().describe());
        }
    }

    private Origin origin(Node node) {
        return new Origin.File(file, node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }
}
