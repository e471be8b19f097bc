package dev.ashlar.ops.exposure;

import dev.ashlar.config.InvalidConfigException;
import dev.ashlar.config.NearestName;
import dev.ashlar.config.YamlFile;
import dev.ashlar.config.YamlNode;
import dev.ashlar.config.YamlNode.Kind;
import dev.ashlar.config.YamlNode.Mapping;
import dev.ashlar.config.YamlNode.Scalar;
import dev.ashlar.config.YamlNode.Sequence;
import dev.ashlar.ops.exposure.Declaration.Accepted;
import dev.ashlar.ops.exposure.Declaration.Allowed;
import dev.ashlar.policy.exposure.Cell.Rows;
import dev.ashlar.policy.exposure.FindingCode;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads `exposure.yaml`. All that is wrong with a file is told at once, each with its line.
public final class DeclarationReader {
    private final String name;
    private final List<String> faults = new ArrayList<>();

    private DeclarationReader(String name) {
        this.name = name;
    }

    /// @param name of the file, for messages
    /// @throws InvalidConfigException with `file:line: what` for each fault
    public static Declaration read(String name, String text) {
        DeclarationReader reader = new DeclarationReader(name);
        Declaration declaration =
                YamlFile.parse(name, text)
                        .map(reader::declaration)
                        .orElse(new Declaration(Map.of(), List.of()));
        if (!reader.faults.isEmpty()) {
            throw new InvalidConfigException(reader.faults);
        }
        return declaration;
    }

    private Declaration declaration(YamlNode root) {
        Map<String, Map<String, Map<Verb, Allowed>>> objects = Map.of();
        List<Accepted> accepted = List.of();
        for (Map.Entry<String, YamlNode> entry : mapping(root, "the file").entrySet()) {
            switch (entry.getKey()) {
                case "objects" -> objects = each(entry.getValue(), "objects", this::roles);
                case "accepted" -> accepted = accepted(entry.getValue());
                default -> unknown(entry, List.of("objects", "accepted"));
            }
        }
        return new Declaration(objects, accepted);
    }

    private Map<String, Map<Verb, Allowed>> roles(YamlNode node) {
        return each(node, "an object", this::verbs);
    }

    private Map<Verb, Allowed> verbs(YamlNode node) {
        Map<Verb, Allowed> verbs = new EnumMap<>(Verb.class);
        for (Map.Entry<String, YamlNode> entry : mapping(node, "a role").entrySet()) {
            Optional<Verb> verb = constant(Verb.values(), Verb::word, entry.getKey());
            if (verb.isEmpty()) {
                unknown(entry, words(Verb.values(), Verb::word));
            }
            allowed(entry.getValue())
                    .ifPresent(allowed -> verb.ifPresent(known -> verbs.put(known, allowed)));
        }
        return Collections.unmodifiableMap(verbs);
    }

    /// `all`, or a mapping of `rows` and `columns`.
    private Optional<Allowed> allowed(YamlNode node) {
        if (node instanceof Scalar scalar) {
            return rows(scalar).map(rows -> new Allowed(rows, Set.of()));
        }
        Optional<Rows> rows = Optional.empty();
        Set<String> columns = Set.of();
        for (Map.Entry<String, YamlNode> entry : mapping(node, "a verb").entrySet()) {
            switch (entry.getKey()) {
                case "rows" -> rows = rows(entry.getValue());
                case "columns" -> columns = columns(entry.getValue());
                default -> unknown(entry, List.of("rows", "columns"));
            }
        }
        if (rows.isEmpty()
                && node instanceof Mapping mapping
                && !mapping.entries().containsKey("rows")) {
            fault(node, "say which rows: rows: all, or rows: own");
        }
        Set<String> named = columns;
        return rows.map(known -> new Allowed(known, named));
    }

    private Optional<Rows> rows(YamlNode node) {
        Optional<Rows> rows = constant(Rows.values(), Rows::word, text(node, "rows"));
        if (rows.isEmpty()) {
            fault(node, "rows are one of " + String.join(", ", words(Rows.values(), Rows::word)));
        }
        return rows;
    }

    private Set<String> columns(YamlNode node) {
        Set<String> columns = new LinkedHashSet<>();
        for (YamlNode item : sequence(node, "columns")) {
            columns.add(text(item, "a column"));
        }
        if (columns.isEmpty()) {
            fault(node, "name the columns, or leave `columns` out for all of them");
        }
        return Collections.unmodifiableSet(columns);
    }

    private List<Accepted> accepted(YamlNode node) {
        List<Accepted> all = new ArrayList<>();
        for (YamlNode item : sequence(node, "accepted")) {
            finding(item).ifPresent(all::add);
        }
        return List.copyOf(all);
    }

    private Optional<Accepted> finding(YamlNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        List<String> known = List.of("code", "object", "role", "reason");
        for (Map.Entry<String, YamlNode> entry : mapping(node, "an accepted finding").entrySet()) {
            if (known.contains(entry.getKey())) {
                texts.put(entry.getKey(), text(entry.getValue(), entry.getKey()));
            } else {
                unknown(entry, known);
            }
        }
        String written = texts.getOrDefault("code", "");
        Optional<FindingCode> code = constant(FindingCode.values(), FindingCode::word, written);
        if (code.isEmpty()) {
            List<String> codes = words(FindingCode.values(), FindingCode::word);
            fault(
                    node,
                    written.isEmpty()
                            ? "an accepted finding needs its code"
                            : "there is no finding " + written + nearest(written, codes));
        }
        return code.map(found ->
                new Accepted(
                        found,
                        texts.getOrDefault("object", ""),
                        texts.getOrDefault("role", ""),
                        texts.getOrDefault("reason", "")));
    }

    private <T> Map<String, T> each(YamlNode node, String what, Function<YamlNode, T> reader) {
        Map<String, T> all = new LinkedHashMap<>();
        mapping(node, what).forEach((key, value) -> all.put(key, reader.apply(value)));
        return Collections.unmodifiableMap(all);
    }

    /// `key:` with nothing behind it is an empty one.
    private Map<String, YamlNode> mapping(YamlNode node, String what) {
        if (node instanceof Mapping mapping) {
            return mapping.entries();
        }
        if (!isNothing(node)) {
            fault(node, what + " holds names with a value each (name: value)");
        }
        return Map.of();
    }

    private List<YamlNode> sequence(YamlNode node, String what) {
        if (node instanceof Sequence sequence) {
            return sequence.items();
        }
        if (!isNothing(node)) {
            fault(node, what + " is a list");
        }
        return List.of();
    }

    private String text(YamlNode node, String what) {
        if (node instanceof Scalar scalar) {
            return scalar.kind() == Kind.NULL ? "" : scalar.text();
        }
        fault(node, what + " is plain text");
        return "";
    }

    private static boolean isNothing(YamlNode node) {
        return node instanceof Scalar scalar && scalar.kind() == Kind.NULL;
    }

    private void unknown(Map.Entry<String, YamlNode> entry, List<String> known) {
        fault(
                entry.getValue(),
                entry.getKey() + " is not known here" + nearest(entry.getKey(), known));
    }

    private static String nearest(String written, List<String> known) {
        return NearestName.find(written, known)
                .map(name -> "; did you mean " + name + "?")
                .orElse(known.size() > 10 ? "" : "; known are " + String.join(", ", known));
    }

    private static <T> Optional<T> constant(T[] all, Function<T, String> word, String written) {
        return Arrays.stream(all).filter(each -> word.apply(each).equals(written)).findFirst();
    }

    private static <T> List<String> words(T[] all, Function<T, String> word) {
        return Arrays.stream(all).map(word).toList();
    }

    private void fault(YamlNode node, String what) {
        faults.add(name + ":" + node.line() + ": " + what);
    }
}
