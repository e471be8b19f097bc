package dev.ashlar.ops.policy;

import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.policy.explanation.Explanation;
import dev.ashlar.policy.explanation.Explanation.Access;
import dev.ashlar.policy.explanation.Explanation.Clause;
import dev.ashlar.policy.explanation.Explanation.Judged;
import dev.ashlar.policy.explanation.Explanation.More;
import dev.ashlar.policy.explanation.Explanation.Nested;
import dev.ashlar.policy.explanation.Explanation.PolicyLine;
import dev.ashlar.policy.explanation.Explanation.RowAnswer;
import dev.ashlar.policy.explanation.Explanation.Step;
import dev.ashlar.policy.explanation.Explanation.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// An explanation as JSON, the same from the command line and over HTTP.
public final class ExplanationJson {
    private final Because because;

    private ExplanationJson(Explanation explanation) {
        this.because = new Because(explanation);
    }

    public static JsonObject of(Explanation explanation) {
        return new ExplanationJson(explanation).whole(explanation);
    }

    private JsonObject whole(Explanation explanation) {
        return new JsonObjectBuilder()
                .put("object", explanation.object())
                .put("verb", explanation.verb().word())
                .put("role", explanation.asker().role())
                .put("user", explanation.asker().claims().findText("sub").orElse(null))
                .put("claims", explanation.asker().claims())
                .put("because", texts(because.always()))
                .put("grants", access(explanation.access()))
                .put("row_security", word(explanation.rowSecurity()))
                .put("policies", list(explanation.policies(), ExplanationJson::line))
                .put("rows", list(explanation.rows(), this::row))
                .put("more", explanation.more() == More.YES)
                .put("remarks", texts(explanation.remarks()))
                .build();
    }

    private static JsonObject access(Access access) {
        return new JsonObjectBuilder()
                .put("usage", access.usage())
                .put("granted", access.granted())
                .put("columns", texts(access.columns()))
                .put("withheld", texts(access.withheld()))
                .put("missing", texts(access.missing()))
                .build();
    }

    private static JsonObject line(PolicyLine policy) {
        return new JsonObjectBuilder()
                .put("name", policy.name())
                .put("command", word(policy.command()))
                .put("permissive", policy.permissive())
                .put("roles", texts(policy.roles()))
                .put("applies", policy.applies())
                .build();
    }

    private JsonObject row(RowAnswer row) {
        return new JsonObjectBuilder()
                .put("key", object(row.key()))
                .put("allowed", row.allowed())
                .put(
                        "confirmed",
                        row.confirmed().<JsonValue>map(JsonBoolean::of).orElse(JsonNull.NULL))
                .put("because", texts(because.of(row)))
                .put("remarks", texts(because.besides(row)))
                .put("values", object(row.values()))
                .put("steps", list(row.steps(), this::step))
                .build();
    }

    private JsonObject step(Step step) {
        return new JsonObjectBuilder()
                .put("phase", word(step.phase()))
                .put("passed", step.passed())
                .put("policies", list(step.policies(), this::judged))
                .build();
    }

    private JsonObject judged(Judged policy) {
        return new JsonObjectBuilder()
                .put("name", policy.policy())
                .put("permissive", policy.permissive())
                .put("condition", policy.condition())
                .put("truth", policy.truth().word())
                .putIfPresent("error", policy.error().isEmpty() ? null : policy.error())
                .put("clauses", list(policy.clauses(), this::clause))
                .build();
    }

    private JsonObject clause(Clause clause) {
        JsonObjectBuilder values = new JsonObjectBuilder();
        for (Value value : clause.values()) {
            values.put(value.name(), value.text().orElse(null));
        }
        return new JsonObjectBuilder()
                .put("clause", clause.text())
                .put("truth", clause.truth().word())
                .putIfPresent("error", clause.error().isEmpty() ? null : clause.error())
                .put("values", values.build())
                .put("looks_into", list(clause.nested(), this::nested))
                .build();
    }

    private JsonObject nested(Nested nested) {
        return new JsonObjectBuilder()
                .put("object", nested.object())
                .put("because", because.nested(nested))
                .put("without_its_policies", nested.without().word())
                .put("grants", access(nested.access()))
                .put("row_security", word(nested.rowSecurity()))
                .put("policies", list(nested.policies(), ExplanationJson::line))
                .put("rows", list(nested.rows(), this::row))
                .build();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static <T> JsonArray list(List<T> all, Function<T, JsonValue> each) {
        return new JsonArray(all.stream().map(each).toList());
    }

    private static JsonArray texts(List<String> all) {
        return list(all, JsonString::new);
    }

    private static JsonObject object(Map<String, String> texts) {
        JsonObjectBuilder object = new JsonObjectBuilder();
        texts.forEach(object::put);
        return object.build();
    }
}
