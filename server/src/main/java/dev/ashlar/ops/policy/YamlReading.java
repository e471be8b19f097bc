package dev.ashlar.ops.policy;

import dev.ashlar.config.NearestName;
import dev.ashlar.config.YamlNode;
import dev.ashlar.config.YamlNode.Mapping;
import dev.ashlar.config.YamlNode.Scalar;
import dev.ashlar.config.YamlNode.Sequence;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonNumber;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.policy.trial.PolicySuite.Person;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the nodes of one file, and notes what is wrong with them, with file and line. Texts like
/// `$ann` and `${ann.email}` stand for a user's id and address.
final class YamlReading {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{([\\w-]+)(?:\\.(\\w+))?}|\\$([A-Za-z_][\\w-]*)|\\$\\$");

    private final String file;
    private final List<String> faults;
    private final Map<String, Person> users = new LinkedHashMap<>();

    YamlReading(String file, List<String> faults) {
        this.file = file;
        this.faults = faults;
    }

    void know(Person user) {
        users.put(user.name(), user);
    }

    Map<String, Person> users() {
        return users;
    }

    void fault(YamlNode at, String text) {
        faults.add(file + ":" + at.line() + ": " + text);
    }

    /// A mapping that has only these keys; empty and noted otherwise.
    Optional<Mapping> mapping(YamlNode node, String what, List<String> keys) {
        if (!(node instanceof Mapping mapping)) {
            fault(node, what + " must be a mapping of " + String.join(", ", keys));
            return Optional.empty();
        }
        for (Map.Entry<String, YamlNode> entry : mapping.entries().entrySet()) {
            if (!keys.contains(entry.getKey())) {
                String meant =
                        NearestName.find(entry.getKey(), keys)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("there are: " + String.join(", ", keys));
                fault(entry.getValue(), what + " has no " + entry.getKey() + "; " + meant);
            }
        }
        return Optional.of(mapping);
    }

    Map<String, YamlNode> entries(YamlNode node, String what) {
        if (node instanceof Mapping mapping) {
            return mapping.entries();
        }
        if (!isNull(node)) {
            fault(node, what);
        }
        return Map.of();
    }

    /// The items of a list; a single one may stand without it.
    static List<YamlNode> items(YamlNode node) {
        return node instanceof Sequence sequence ? sequence.items() : List.of(node);
    }

    Optional<String> text(Mapping mapping, String key, String what) {
        Optional<YamlNode> node = mapping.find(key);
        if (node.isEmpty()) {
            fault(mapping, what + " needs " + key);
            return Optional.empty();
        }
        if (!(node.get() instanceof Scalar scalar) || scalar.text().isBlank()) {
            fault(node.get(), key + " must be text");
            return Optional.empty();
        }
        return Optional.of(scalar.text());
    }

    static boolean isNull(YamlNode node) {
        return node instanceof Scalar scalar && scalar.kind() == YamlNode.Kind.NULL;
    }

    /// A row: columns with their values.
    JsonObject row(YamlNode node, String what) {
        if (!(node instanceof Mapping mapping)) {
            fault(node, what + " must be a mapping of columns, such as {id: 1, owner: $ann}");
            return JsonObject.EMPTY;
        }
        return (JsonObject) json(mapping);
    }

    JsonValue json(YamlNode node) {
        return switch (node) {
            case Mapping mapping -> {
                JsonObjectBuilder object = new JsonObjectBuilder();
                mapping.entries().forEach((key, value) -> object.put(key, json(value)));
                yield object.build();
            }
            case Sequence sequence -> {
                List<JsonValue> elements = new ArrayList<>();
                sequence.items().forEach(item -> elements.add(json(item)));
                yield new JsonArray(List.copyOf(elements));
            }
            case Scalar scalar -> scalar(scalar);
        };
    }

    private JsonValue scalar(Scalar scalar) {
        return switch (scalar.kind()) {
            case NULL -> JsonNull.NULL;
            case BOOLEAN -> JsonBoolean.of(scalar.text().equalsIgnoreCase("true"));
            case NUMBER -> number(scalar.text());
            case TEXT -> new JsonString(resolved(scalar));
        };
    }

    /// YAML writes numbers that JSON does not have (0x1f, .inf): those stay text.
    private static JsonValue number(String text) {
        return text.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d{1,3})?")
                ? new JsonNumber(new BigDecimal(text))
                : new JsonString(text);
    }

    private String resolved(Scalar scalar) {
        Matcher matcher = REFERENCE.matcher(scalar.text());
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(text, Matcher.quoteReplacement(reference(scalar, matcher)));
        }
        return matcher.appendTail(text).toString();
    }

    private String reference(Scalar scalar, Matcher matcher) {
        if (matcher.group().equals("$$")) {
            return "$";
        }
        String name = Optional.ofNullable(matcher.group(1)).orElse(matcher.group(3));
        Person user = users.get(name);
        String field = Optional.ofNullable(matcher.group(2)).orElse("id");
        if (user == null) {
            fault(
                    scalar,
                    "there is no user "
                            + name
                            + " under users"
                            + NearestName.find(name, users.keySet())
                                    .map(near -> "; did you mean $" + near + "?")
                                    .orElse("; a dollar sign itself is written $$"));
            return "";
        }
        return switch (field) {
            case "id" -> user.id();
            case "email" -> user.email();
            default -> {
                fault(scalar, "a user has id and email, not " + field);
                yield "";
            }
        };
    }
}
