package dev.ashlar.auth.saml;

import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which attributes of an assertion become what, in the dialect's form: `{"keys": {"department":
/// {"name": "dept"}, "role": {"names": ["role", "memberOf"], "default": "reader"}, "groups":
/// {"name": "memberOf", "array": true}}}`. The key `email` is the account's address; all others
/// stand under `custom_claims`.
public final class AttributeMapping {
    private static final String EMAIL = "email";
    private static final int MAX_KEYS = 50;
    private static final int MAX_NAMES = 20;
    private static final int MAX_CHARS = 500;

    private final Map<String, Rule> rules;

    private record Rule(List<String> names, Optional<JsonValue> absent, Form form) {}

    private enum Form {
        FIRST,
        ALL
    }

    private AttributeMapping(Map<String, Rule> rules) {
        this.rules = rules;
    }

    /// Throws [ValidationFailed] when it is of another form.
    public static AttributeMapping parse(JsonObject mapping) {
        JsonObject keys = mapping.findObject("keys").orElse(JsonObject.EMPTY);
        if (keys.members().size() > MAX_KEYS) {
            throw invalid("has at most " + MAX_KEYS + " keys");
        }
        Map<String, Rule> rules = new LinkedHashMap<>();
        keys.members()
                .forEach((key, value) -> {
                    if (!(value instanceof JsonObject rule) || key.length() > MAX_CHARS) {
                        throw invalid("has an object for each of its keys");
                    }
                    rules.put(key, rule(rule));
                });
        return new AttributeMapping(rules);
    }

    private static Rule rule(JsonObject rule) {
        List<String> names = new ArrayList<>(rule.findText("name").stream().toList());
        if (rule.find("names").orElse(new JsonArray(List.of())) instanceof JsonArray(var more)) {
            for (JsonValue one : more) {
                if (!(one instanceof JsonString(String name))) {
                    throw invalid("has texts as names");
                }
                names.add(name);
            }
        }
        boolean bounded =
                names.size() <= MAX_NAMES
                        && names.stream().allMatch(name -> name.length() <= MAX_CHARS);
        if (!bounded) {
            throw invalid("has at most " + MAX_NAMES + " names a key, of 500 characters");
        }
        Form form =
                rule.find("array").equals(Optional.of(JsonBoolean.TRUE)) ? Form.ALL : Form.FIRST;
        return new Rule(List.copyOf(names), rule.find("default"), form);
    }

    /// The address as the mapping has it; empty when it says nothing of one.
    Optional<String> email(Assertion assertion) {
        Rule rule = rules.get(EMAIL);
        return rule == null
                ? Optional.empty()
                : values(rule, assertion).stream()
                        .findFirst()
                        .or(() ->
                                rule.absent()
                                        .filter(JsonString.class::isInstance)
                                        .map(one -> ((JsonString) one).text()));
    }

    JsonObject claims(Assertion assertion) {
        JsonObjectBuilder claims = new JsonObjectBuilder();
        rules.forEach((key, rule) -> {
            if (!key.equals(EMAIL)) {
                claim(rule, assertion).ifPresent(value -> claims.put(key, value));
            }
        });
        return claims.build();
    }

    private static Optional<JsonValue> claim(Rule rule, Assertion assertion) {
        List<String> values = values(rule, assertion);
        if (values.isEmpty()) {
            return rule.absent();
        }
        return Optional.of(
                switch (rule.form()) {
                    case FIRST -> new JsonString(values.getFirst());
                    case ALL ->
                            new JsonArray(
                                    List.copyOf(values.stream().map(JsonString::new).toList()));
                });
    }

    /// Of the first name that the assertion has.
    private static List<String> values(Rule rule, Assertion assertion) {
        return rule.names().stream()
                .map(assertion::values)
                .filter(values -> !values.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed("attribute_mapping " + message));
    }
}
