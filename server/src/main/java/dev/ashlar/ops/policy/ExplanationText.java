package dev.ashlar.ops.policy;

import dev.ashlar.policy.explanation.Explanation;
import dev.ashlar.policy.explanation.Explanation.Clause;
import dev.ashlar.policy.explanation.Explanation.Judged;
import dev.ashlar.policy.explanation.Explanation.More;
import dev.ashlar.policy.explanation.Explanation.Nested;
import dev.ashlar.policy.explanation.Explanation.RowAnswer;
import dev.ashlar.policy.explanation.Explanation.Step;
import dev.ashlar.policy.explanation.Truth;
import dev.ashlar.policy.exposure.Verb;
import java.util.Map;
import java.util.stream.Collectors;

/// An explanation for a terminal: the answer and its reasons first, then every policy and clause.
public final class ExplanationText {
    private final Explanation explanation;
    private final Because because;
    private final StringBuilder out = new StringBuilder();

    private ExplanationText(Explanation explanation) {
        this.explanation = explanation;
        this.because = new Because(explanation);
    }

    public static String of(Explanation explanation) {
        ExplanationText text = new ExplanationText(explanation);
        text.write();
        return text.out.toString();
    }

    private void write() {
        line(
                0,
                "%s on %s as %s (role %s)"
                        .formatted(
                                explanation.verb(),
                                explanation.object(),
                                explanation.asker().name(),
                                explanation.asker().role()));
        because.always().forEach(reason -> line(1, reason));
        explanation.remarks().forEach(remark -> line(1, remark));
        explanation.rows().forEach(this::row);
        if (explanation.more() == More.YES) {
            line(0, "");
            line(0, "There are more rows: ask about fewer with --where.");
        }
    }

    private void row(RowAnswer row) {
        line(0, "");
        line(0, key(row.key()) + "  " + verdict(row));
        because.of(row).forEach(reason -> line(1, "because " + reason));
        because.besides(row).forEach(remark -> line(1, remark));
        row.confirmed()
                .filter(seen -> seen != row.allowed())
                .ifPresent(seen ->
                        line(
                                1,
                                "but PostgreSQL itself says the row is "
                                        + (seen ? "seen" : "not seen")
                                        + ": tell us"));
        row.steps().forEach(step -> step(step, 1));
    }

    private String verdict(RowAnswer row) {
        Verb verb = explanation.verb();
        if (verb == Verb.SELECT) {
            return row.allowed() ? "is seen" : "is not seen";
        }
        return (row.allowed() ? "can be " : "cannot be ")
                + switch (verb) {
                    case INSERT -> "inserted";
                    case UPDATE -> "updated";
                    case DELETE -> "deleted";
                    case SELECT, EXECUTE -> "done";
                };
    }

    private static String key(Map<String, String> key) {
        String text =
                key.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" "));
        return text.length() > 120 ? text.substring(0, 120) + "…" : text;
    }

    private void step(Step step, int depth) {
        line(
                depth,
                switch (step.phase()) {
                            case SEEN -> "policies for SELECT, on the row";
                            case CHOSEN -> "policies for " + explanation.verb() + ", on the row";
                            case CHECKED ->
                                    "policies for " + explanation.verb() + ", on the new row";
                            case RETURNED -> "policies for SELECT, on the new row";
                        }
                        + (step.passed() ? ": passed" : ": not passed"));
        step.policies().forEach(policy -> policy(policy, depth + 1));
    }

    private void policy(Judged policy, int depth) {
        line(
                depth,
                "%-5s \"%s\"%s"
                        .formatted(
                                policy.truth().word(),
                                policy.policy(),
                                policy.permissive() ? "" : " (restrictive)"));
        policy.clauses().forEach(clause -> clause(clause, depth + 1));
    }

    private void clause(Clause clause, int depth) {
        line(depth, "%-5s %s".formatted(clause.truth().word(), clause.text()));
        if (clause.truth() == Truth.ERROR) {
            line(depth + 3, clause.error());
        }
        if (!clause.values().isEmpty()) {
            line(
                    depth + 3,
                    clause.values().stream().map(Because::value).collect(Collectors.joining(", ")));
        }
        clause.nested().forEach(nested -> nested(nested, depth + 3));
    }

    private void nested(Nested nested, int depth) {
        line(depth, because.nested(nested));
        for (RowAnswer row : nested.rows()) {
            line(
                    depth + 1,
                    nested.object()
                            + " "
                            + key(row.key())
                            + (row.allowed() ? " is seen" : " is not seen"));
            row.steps().forEach(step -> step(step, depth + 2));
        }
    }

    /// Conditions with sub-selects come in lines.
    private static String flat(String text) {
        return text.replaceAll("\\n\\s*", " ");
    }

    private void line(int depth, String text) {
        out.append("  ".repeat(depth)).append(flat(text)).append('\n');
    }
}
