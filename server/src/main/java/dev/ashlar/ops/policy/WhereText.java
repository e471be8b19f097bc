package dev.ashlar.ops.policy;

import dev.ashlar.policy.explanation.PolicyQuestionException;
import dev.ashlar.policy.explanation.Question.Condition;
import dev.ashlar.policy.explanation.Question.Operator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `id=3` and, as the data API writes it, `id=eq.3`.
public final class WhereText {
    private static final Pattern DIALECT = Pattern.compile("(?s)(eq|neq|lt|lte|gt|gte|is)\\.(.*)");
    private static final Map<String, Operator> OPERATORS =
            Map.of(
                    "eq", Operator.EQUAL,
                    "neq", Operator.NOT_EQUAL,
                    "lt", Operator.LESS,
                    "lte", Operator.LESS_OR_EQUAL,
                    "gt", Operator.GREATER,
                    "gte", Operator.GREATER_OR_EQUAL);

    private WhereText() {}

    public static List<Condition> parse(List<String> texts) {
        return texts.stream().map(WhereText::condition).toList();
    }

    private static Condition condition(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new PolicyQuestionException(
                    "'" + text + "' is no condition: write id=3 or id=eq.3");
        }
        String column = text.substring(0, equals).strip();
        String value = text.substring(equals + 1);
        Matcher dialect = DIALECT.matcher(value);
        if (!dialect.matches()) {
            return new Condition(column, Operator.EQUAL, value);
        }
        String said = dialect.group(2);
        if (!dialect.group(1).equals("is")) {
            return new Condition(
                    column, Objects.requireNonNull(OPERATORS.get(dialect.group(1))), said);
        }
        return switch (said) {
            case "null" -> new Condition(column, Operator.IS_NULL, "");
            case "not_null" -> new Condition(column, Operator.IS_NOT_NULL, "");
            default ->
                    throw new PolicyQuestionException(
                            "is. takes null or not_null, not '" + said + "'");
        };
    }
}
