package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.postgres.exposure.ExplainSession.As;
import dev.ashlar.backend.postgres.exposure.ExplainSession.Outcome;
import dev.ashlar.backend.postgres.exposure.ExplainedTable.Policy;
import dev.ashlar.policy.explanation.Asker;
import dev.ashlar.policy.explanation.Explanation.Clause;
import dev.ashlar.policy.explanation.Explanation.Judged;
import dev.ashlar.policy.explanation.Explanation.Nested;
import dev.ashlar.policy.explanation.Explanation.Phase;
import dev.ashlar.policy.explanation.Explanation.Step;
import dev.ashlar.policy.explanation.Explanation.Value;
import dev.ashlar.policy.explanation.Leaves;
import dev.ashlar.policy.explanation.Truth;
import dev.ashlar.policy.exposure.Verb;
import dev.ashlar.policy.expression.PolicyExpression;
import dev.ashlar.policy.expression.PolicyExpression.Call;
import dev.ashlar.policy.expression.PolicyExpression.Column;
import dev.ashlar.policy.expression.PolicyExpression.Comparison;
import dev.ashlar.policy.expression.PolicyExpression.Other;
import dev.ashlar.policy.expression.PolicyExpression.SubSelect;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts the policies of a table to PostgreSQL for the row of the session, clause by clause.
final class RowJudge {
    /// What a clause may ask about the session, beside its two sides.
    private static final Pattern ASKED =
            Pattern.compile(
                    "auth\\.(?:uid|role|email)\\(\\)|\\(auth\\.jwt\\(\\) ->>? '[^']*'::text\\)"
                            + "|current_setting\\('[^']*'::text(?:, (?:true|false))?\\)");

    private static final Pattern FROM = Pattern.compile("(?i)\\bFROM\\b");

    private final ExplainSession session;
    private final ExplainedTable table;
    private final Asker asker;
    private final Optional<NestedTables> nested;

    /// @param nested explains the tables that clauses look into; those of nested tables are not
    RowJudge(
            ExplainSession session,
            ExplainedTable table,
            Asker asker,
            Optional<NestedTables> nested) {
        this.session = session;
        this.table = table;
        this.asker = asker;
        this.nested = nested;
    }

    /// As PostgreSQL joins them: at least one permissive policy, and every restrictive one.
    Step step(Phase phase, Verb verb) throws SQLException {
        List<Judged> judged = new ArrayList<>();
        for (Policy policy : table.deciding(verb)) {
            judged.add(judged(policy, condition(policy, phase)));
        }
        boolean permitted =
                judged.stream().anyMatch(each -> each.permissive() && each.truth() == Truth.TRUE);
        boolean unrestricted =
                judged.stream().allMatch(each -> each.permissive() || each.truth() == Truth.TRUE);
        return new Step(phase, permitted && unrestricted, judged);
    }

    /// A row that is to be written is held to WITH CHECK, and to USING where a policy has none. One
    /// that says neither opens nothing, and holds nothing back.
    private static String condition(Policy policy, Phase phase) {
        Optional<String> said =
                phase == Phase.CHECKED ? policy.check().or(policy::using) : policy.using();
        return said.orElse(policy.permissive() ? "false" : "true");
    }

    private Judged judged(Policy policy, String condition) throws SQLException {
        List<PolicyExpression> leaves = Leaves.of(condition);
        List<String> all = new ArrayList<>(List.of(condition));
        leaves.forEach(leaf -> all.add(leaf.sql()));
        List<Outcome> outcomes = session.evaluate(table, asker, As.CALLER, all);
        List<Clause> clauses = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            clauses.add(clause(leaves.get(i), outcomes.get(i + 1)));
        }
        Outcome whole = outcomes.getFirst();
        return new Judged(
                policy.name(),
                policy.permissive(),
                condition,
                whole.truth(),
                whole.error(),
                clauses);
    }

    private Clause clause(PolicyExpression leaf, Outcome outcome) throws SQLException {
        List<Nested> inner =
                outcome.truth() != Truth.TRUE && isSubSelect(leaf) && nested.isPresent()
                        ? nested.get().of(leaf, table, asker)
                        : List.of();
        return new Clause(leaf.sql(), outcome.truth(), outcome.error(), values(leaf), inner);
    }

    /// One that reads a table; `( SELECT auth.uid())` is none.
    private static boolean isSubSelect(PolicyExpression leaf) {
        return leaf.all()
                .anyMatch(part -> part instanceof SubSelect && FROM.matcher(part.sql()).find());
    }

    /// The sides of a comparison, columns of the row, and what is asked about the session.
    private List<Value> values(PolicyExpression leaf) throws SQLException {
        Map<String, String> wanted = new LinkedHashMap<>();
        if (leaf instanceof Comparison(var left, _, _, var right, _) && !isSubSelect(leaf)) {
            add(wanted, left);
            add(wanted, right);
        }
        columns(leaf).forEach(column -> wanted.putIfAbsent(column, ExplainSession.quoted(column)));
        Matcher asked = ASKED.matcher(leaf.sql());
        while (asked.find()) {
            wanted.putIfAbsent(bare(asked.group()), asked.group());
        }
        List<Outcome> outcomes =
                session.evaluate(table, asker, As.CALLER, List.copyOf(wanted.values()));
        List<Value> values = new ArrayList<>();
        int i = 0;
        for (String name : wanted.keySet()) {
            Outcome outcome = outcomes.get(i++);
            if (outcome.error().isEmpty()) {
                values.add(new Value(name, outcome.text().map(RowValues::shortened)));
            }
        }
        return values;
    }

    private static void add(Map<String, String> wanted, PolicyExpression side) {
        PolicyExpression bare = side.unwrapped();
        if (bare instanceof SubSelect(var outputs, _, _, _, _) && outputs.size() == 1) {
            bare = outputs.getFirst().unwrapped();
        }
        if (bare.all().anyMatch(RowJudge::isAsked)) {
            wanted.putIfAbsent(bare.sql(), bare.sql());
        }
    }

    /// What differs from row to row or from caller to caller; constants stand in the clause.
    private static boolean isAsked(PolicyExpression part) {
        return part instanceof Column || part instanceof Call || part instanceof Other;
    }

    private static String bare(String text) {
        return PolicyExpression.parse(text).unwrapped().sql();
    }

    /// Columns of the row that the clause names. Inside of a sub-select names are qualified.
    private Set<String> columns(PolicyExpression leaf) {
        Set<String> named = new LinkedHashSet<>();
        boolean qualified = isSubSelect(leaf);
        for (String column : table.columnNames()) {
            String quoted = Pattern.quote(column);
            String name = "\"?" + quoted + "\"?(?![\\w(\".])";
            String before =
                    qualified
                            ? "(?<![\\w])\"?" + Pattern.quote(table.name()) + "\"?\\."
                            : "(?<![\\w.'\"])";
            if (Pattern.compile(before + name).matcher(leaf.sql()).find()) {
                named.add(column);
            }
        }
        return named;
    }
}
