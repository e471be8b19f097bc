package dev.ashlar.ops.policy;

import dev.ashlar.policy.explanation.Explanation;
import dev.ashlar.policy.explanation.Explanation.Access;
import dev.ashlar.policy.explanation.Explanation.Clause;
import dev.ashlar.policy.explanation.Explanation.Judged;
import dev.ashlar.policy.explanation.Explanation.Nested;
import dev.ashlar.policy.explanation.Explanation.Phase;
import dev.ashlar.policy.explanation.Explanation.PolicyLine;
import dev.ashlar.policy.explanation.Explanation.RowAnswer;
import dev.ashlar.policy.explanation.Explanation.RowSecurity;
import dev.ashlar.policy.explanation.Explanation.Step;
import dev.ashlar.policy.explanation.Explanation.Value;
import dev.ashlar.policy.explanation.Truth;
import dev.ashlar.policy.exposure.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Says in sentences what an explanation comes to, the cause first.
final class Because {
    private final Explanation explanation;
    private final String role;

    Because(Explanation explanation) {
        this.explanation = explanation;
        this.role = explanation.asker().role();
    }

    /// What is so for every row.
    List<String> always() {
        List<String> reasons = new ArrayList<>(rights(explanation.object(), explanation.access()));
        switch (explanation.rowSecurity()) {
            case OFF ->
                    reasons.add(
                            "row-level security does not hold on "
                                    + explanation.object()
                                    + ": rights decide alone");
            case BYPASSED -> reasons.add(role + " passes by row-level security (BYPASSRLS)");
            case OWNER ->
                    reasons.add(role + " owns the table, and its policies are not forced on it");
            case HOLDS -> {
                if (explanation.policies().stream().noneMatch(this::opens)) {
                    reasons.add(
                            "row-level security is on, and no policy lets "
                                    + role
                                    + " "
                                    + verb()
                                    + ": "
                                    + outcome());
                }
            }
        }
        return reasons;
    }

    /// Why this row is refused; empty when it is not.
    List<String> of(RowAnswer row) {
        List<String> reasons = new ArrayList<>();
        for (Step step : row.steps()) {
            if (!step.passed() && !isExtra(step)) {
                reasons.addAll(step(step));
            }
        }
        return reasons;
    }

    /// What else to know of a row that is not refused.
    List<String> besides(RowAnswer row) {
        return row.steps().stream()
                .filter(step -> isExtra(step) && !step.passed())
                .map(_ ->
                        "the insert works, but the caller could not see the new row: asked to return"
                                + " it (return=representation, `.select()`), it fails with 42501")
                .toList();
    }

    private boolean isExtra(Step step) {
        return explanation.verb() == Verb.INSERT && step.phase() == Phase.RETURNED;
    }

    private boolean opens(PolicyLine policy) {
        return policy.applies()
                && policy.permissive()
                && policy.command().covers(explanation.verb());
    }

    private String verb() {
        return explanation.verb().name();
    }

    private String outcome() {
        return switch (explanation.verb()) {
            case SELECT -> "every row is left out, without an error";
            case INSERT -> "every row is refused with 42501";
            case UPDATE, DELETE -> "no row is found, without an error";
            case EXECUTE -> "nothing happens";
        };
    }

    private List<String> rights(String object, Access access) {
        String verb = verb();
        if (!access.usage()) {
            String schema = object.substring(0, object.indexOf('.'));
            return List.of(
                    "%s may not use the schema %s: grant usage on schema %s to %s"
                            .formatted(role, schema, schema, role));
        }
        if (!access.granted()) {
            return List.of(
                    "%s may not %s: grant %s on %s to %s"
                            .formatted(role, verb, verb.toLowerCase(Locale.ROOT), object, role));
        }
        List<String> reasons = new ArrayList<>();
        if (!access.missing().isEmpty()) {
            reasons.add(
                    "%s has no right to use the column %s that the statement names"
                            .formatted(role, String.join(", ", access.missing())));
        }
        if (explanation.verb() == Verb.SELECT && !access.withheld().isEmpty()) {
            reasons.add(
                    "%s may not read the column %s, so `select=*` fails with 42501: name the others"
                            .formatted(role, String.join(", ", access.withheld())));
        }
        return reasons;
    }

    private List<String> step(Step step) {
        List<String> reasons = new ArrayList<>();
        List<Judged> permissive = step.policies().stream().filter(Judged::permissive).toList();
        if (permissive.isEmpty()) {
            reasons.add("no policy " + of(step.phase()) + " is for " + role);
        } else if (permissive.stream().noneMatch(policy -> policy.truth() == Truth.TRUE)) {
            permissive.forEach(policy -> reasons.addAll(policy(step, policy)));
        }
        step.policies().stream()
                .filter(policy -> !policy.permissive() && policy.truth() != Truth.TRUE)
                .forEach(policy -> reasons.addAll(policy(step, policy)));
        return reasons;
    }

    private String of(Phase phase) {
        return switch (phase) {
            case SEEN ->
                    explanation.verb() == Verb.SELECT
                            ? "for SELECT"
                            : "for SELECT (what is to be changed must be seen)";
            case CHOSEN -> "for " + verb();
            case CHECKED -> "for " + verb() + " (WITH CHECK, on the new row)";
            case RETURNED -> "for SELECT, on the new row";
        };
    }

    private List<String> policy(Step step, Judged policy) {
        List<String> reasons = new ArrayList<>();
        List<Clause> failed =
                policy.clauses().stream().filter(clause -> clause.truth() != Truth.TRUE).toList();
        String name =
                (policy.permissive() ? "policy " : "restrictive policy ")
                        + '"'
                        + policy.policy()
                        + "\" "
                        + of(step.phase());
        if (failed.isEmpty()) {
            reasons.add(name + " is " + said(policy.truth(), policy.error()));
        }
        for (Clause clause : failed) {
            reasons.add(
                    name
                            + ": "
                            + clause.text()
                            + " is "
                            + said(clause.truth(), clause.error())
                            + values(clause));
            reasons.addAll(unset(clause));
            clause.nested().forEach(nested -> reasons.add(nested(nested)));
        }
        return reasons;
    }

    static String said(Truth truth, String error) {
        return truth == Truth.ERROR ? "an error (" + error + ")" : truth.word();
    }

    private static String values(Clause clause) {
        return clause.values().isEmpty()
                ? ""
                : clause.values().stream()
                        .map(Because::value)
                        .collect(Collectors.joining(", ", ", with ", ""));
    }

    static String value(Value value) {
        return value.name() + " = " + value.text().map(text -> "'" + text + "'").orElse("null");
    }

    private List<String> unset(Clause clause) {
        boolean nobody =
                clause.values().stream()
                        .anyMatch(value ->
                                value.name().equals("auth.uid()") && value.text().isEmpty());
        if (!nobody) {
            return List.of();
        }
        return List.of(
                explanation.asker().claims().findText("sub").isPresent()
                        ? "auth.uid() is null, although the claims have a `sub`: it does not read it from `request.jwt.claims`"
                        : "auth.uid() is null: the claims have no `sub`, so the caller is not signed in");
    }

    /// What became of a sub-select, which is where most people look last.
    String nested(Nested nested) {
        if (!nested.access().usage() || !nested.access().granted()) {
            return role + " may not read " + nested.object() + ", which the policy looks into";
        }
        if (nested.without() == Truth.TRUE) {
            return "in "
                    + nested.object()
                    + " there is what the policy looks for, but "
                    + role
                    + " does not see it there: "
                    + hidden(nested);
        }
        return nested.object() + " holds nothing that makes it true, seen or not";
    }

    private String hidden(Nested nested) {
        List<String> names =
                nested.policies().stream()
                        .filter(PolicyLine::applies)
                        .map(policy -> '"' + policy.name() + '"')
                        .toList();
        if (nested.rowSecurity() != RowSecurity.HOLDS) {
            return "look at what it reads";
        }
        return names.isEmpty()
                ? "row-level security is on there, and no policy is for SELECT by " + role
                : "its policies for SELECT (" + String.join(", ", names) + ") are not true of it";
    }
}
