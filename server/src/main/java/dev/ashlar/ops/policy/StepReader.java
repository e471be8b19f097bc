package dev.ashlar.ops.policy;

import dev.ashlar.config.YamlNode;
import dev.ashlar.config.YamlNode.Mapping;
import dev.ashlar.config.YamlNode.Scalar;
import dev.ashlar.config.YamlNode.Sequence;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.policy.trial.PolicySuite.Name;
import dev.ashlar.policy.trial.Step;
import dev.ashlar.policy.trial.Step.Call;
import dev.ashlar.policy.trial.Step.Delete;
import dev.ashlar.policy.trial.Step.Expected;
import dev.ashlar.policy.trial.Step.Insert;
import dev.ashlar.policy.trial.Step.Read;
import dev.ashlar.policy.trial.Step.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads what a test tries and expects.
final class StepReader {
    private static final String EXPECTED =
            "expect must be allowed, denied, none, all, a number of rows, or a list of rows";

    private static final List<String> READ = List.of("columns", "where", "expect");
    private static final List<String> INSERT = List.of("into", "row", "expect");
    private static final List<String> UPDATE = List.of("table", "where", "set", "expect");
    private static final List<String> DELETE = List.of("from", "where", "expect");
    private static final List<String> CALL = List.of("function", "with", "expect");

    private final YamlReading reading;
    private final Function<String, Name> names;

    StepReader(YamlReading reading, Function<String, Name> names) {
        this.reading = reading;
        this.names = names;
    }

    List<Step> steps(Mapping test) {
        List<Step> steps = new ArrayList<>();
        test.find("read").ifPresent(node -> reads(node, steps));
        each(test, "insert", INSERT, this::insert, steps);
        each(test, "update", UPDATE, this::update, steps);
        each(test, "delete", DELETE, this::delete, steps);
        each(test, "call", CALL, this::call, steps);
        return List.copyOf(steps);
    }

    private void each(
            Mapping test,
            String key,
            List<String> keys,
            Function<Mapping, Optional<Step>> read,
            List<Step> steps) {
        Optional<YamlNode> node = test.find(key);
        if (node.isPresent()) {
            for (YamlNode item : YamlReading.items(node.get())) {
                reading.mapping(item, key, keys).flatMap(read).ifPresent(steps::add);
            }
        }
    }

    private void reads(YamlNode node, List<Step> steps) {
        reading.entries(node, "read must be a mapping of tables, such as {notes: 2}")
                .forEach((table, expected) -> steps.add(read(names.apply(table), expected)));
    }

    /// The short forms are a number, a word, or a list of rows; `{id: [1, 2]}` stands for rows of
    /// one column; the long form has `expect`.
    private Step read(Name table, YamlNode node) {
        if (node instanceof Mapping mapping && mapping.find("expect").isEmpty()) {
            return new Read(table, List.of(), JsonObject.EMPTY, keys(mapping), node.line());
        }
        if (!(node instanceof Mapping mapping)) {
            return new Read(table, List.of(), JsonObject.EMPTY, expected(node), node.line());
        }
        reading.mapping(node, "read", READ);
        List<String> columns = new ArrayList<>();
        mapping.find("columns")
                .ifPresent(
                        list -> YamlReading.items(list).forEach(item -> columns.add(text(item))));
        return new Read(
                table,
                List.copyOf(columns),
                where(mapping),
                mapping.find("expect").map(this::expected).orElse(Expected.Success.ALLOWED),
                node.line());
    }

    private Expected keys(Mapping mapping) {
        List<JsonObject> rows = new ArrayList<>();
        Map<String, YamlNode> entries = mapping.entries();
        if (entries.size() != 1
                || !(entries.values().iterator().next() instanceof Sequence sequence)) {
            reading.fault(
                    mapping,
                    "write {column: [values]} for the rows expected, or {columns, where, expect}");
            return new Expected.Rows(List.of());
        }
        String column = entries.keySet().iterator().next();
        sequence.items()
                .forEach(item ->
                        rows.add(new JsonObjectBuilder().put(column, reading.json(item)).build()));
        return new Expected.Rows(List.copyOf(rows));
    }

    private Optional<Step> insert(Mapping mapping) {
        return reading.text(mapping, "into", "insert")
                .map(table ->
                        new Insert(
                                names.apply(table),
                                row(mapping, "row"),
                                countExpected(mapping),
                                mapping.line()));
    }

    private Optional<Step> update(Mapping mapping) {
        if (mapping.find("set").isEmpty()) {
            reading.fault(mapping, "update needs set, such as {title: other}");
        }
        return reading.text(mapping, "table", "update")
                .map(table ->
                        new Update(
                                names.apply(table),
                                where(mapping),
                                row(mapping, "set"),
                                countExpected(mapping),
                                mapping.line()));
    }

    private Optional<Step> delete(Mapping mapping) {
        return reading.text(mapping, "from", "delete")
                .map(table ->
                        new Delete(
                                names.apply(table),
                                where(mapping),
                                countExpected(mapping),
                                mapping.line()));
    }

    private Optional<Step> call(Mapping mapping) {
        return reading.text(mapping, "function", "call")
                .map(function ->
                        new Call(
                                names.apply(function),
                                row(mapping, "with"),
                                countExpected(mapping),
                                mapping.line()));
    }

    private JsonObject where(Mapping mapping) {
        return row(mapping, "where");
    }

    private JsonObject row(Mapping mapping, String key) {
        return mapping.find(key).map(node -> reading.row(node, key)).orElse(JsonObject.EMPTY);
    }

    private Expected countExpected(Mapping mapping) {
        Expected expected = required(mapping);
        if (expected instanceof Expected.Rows) {
            reading.fault(
                    mapping, "expect must be allowed, denied, none, all, or a number of rows");
        }
        return expected;
    }

    private Expected required(Mapping mapping) {
        Optional<YamlNode> node = mapping.find("expect");
        if (node.isEmpty()) {
            reading.fault(mapping, EXPECTED);
        }
        return node.map(this::expected).orElse(Expected.Refusal.DENIED);
    }

    private Expected expected(YamlNode node) {
        if (node instanceof Sequence sequence) {
            return new Expected.Rows(
                    sequence.items().stream()
                            .map(item -> reading.row(item, "an expected row"))
                            .toList());
        }
        if (node instanceof Mapping mapping) {
            return keys(mapping);
        }
        String text = text(node);
        return switch (text) {
            case "allowed" -> Expected.Success.ALLOWED;
            case "denied" -> Expected.Refusal.DENIED;
            case "all" -> Expected.Everything.ALL;
            case "none" -> new Expected.Count(0);
            default -> {
                if (!text.matches("\\d{1,9}")) {
                    reading.fault(node, EXPECTED);
                    yield new Expected.Count(0);
                }
                yield new Expected.Count(Long.parseLong(text));
            }
        };
    }

    private static String text(YamlNode node) {
        return node instanceof Scalar scalar ? scalar.text() : "";
    }
}
