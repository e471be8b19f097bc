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
    private static final Pattern SUB_SELECT = Pattern.compile("(?i)\\bSELECT\\b.*\\bFROM\\b");
    private static final Pattern ONE_VALUE =
            Pattern.compile("(?is)\\(?\\s*SELECT (.*) AS \"?\\w+\"?\\)?");
    private static final Pattern CONSTANT = Pattern.compile("(?s)'[^']*'(::.*)?|-?[0-9.]+|true|false");

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
        List<String> leaves = Leaves.of(condition);
        List<String> all = new ArrayList<>(List.of(condition));
        all.addAll(leaves);
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

    private Clause clause(String leaf, Outcome outcome) throws SQLException {
        List<Nested> inner =
                outcome.truth() != Truth.TRUE && isSubSelect(leaf) && nested.isPresent()
                        ? nested.get().of(leaf, table, asker)
                        : List.of();
        return new Clause(leaf, outcome.truth(), outcome.error(), values(leaf), inner);
    }

    static boolean isSubSelect(String leaf) {
        return SUB_SELECT.matcher(leaf.replace('\n', ' ')).find();
    }

    /// The sides of a comparison, columns of the row, and what is asked about the session.
    private List<Value> values(String leaf) throws SQLException {
        Map<String, String> wanted = new LinkedHashMap<>();
        if (!isSubSelect(leaf)) {
            Leaves.comparison(leaf).ifPresent(sides -> {
                add(wanted, sides.left());
                add(wanted, sides.right());
            });
        }
        columns(leaf).forEach(column -> wanted.putIfAbsent(column, ExplainSession.quoted(column)));
        Matcher asked = ASKED.matcher(leaf);
        while (asked.find()) {
            add(wanted, asked.group());
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

    private static void add(Map<String, String> wanted, String expression) {
        String bare = Leaves.bare(expression);
        Matcher single = ONE_VALUE.matcher(bare);
        String name = single.matches() && !isSubSelect(bare) ? Leaves.bare(single.group(1)) : bare;
        if (!CONSTANT.matcher(name).matches() && !name.startsWith("ANY ")) {
            wanted.putIfAbsent(name, name);
        }
    }

    /// Columns of the row that the clause names. Inside of a sub-select names are qualified.
    private Set<String> columns(String leaf) {
        Set<String> named = new LinkedHashSet<>();
        boolean qualified = isSubSelect(leaf);
        for (String column : table.columnNames()) {
            String quoted = Pattern.quote(column);
            String name = "\"?" + quoted + "\"?(?![\\w(\".])";
            String before = qualified ? "(?<![\\w])\"?" + Pattern.quote(table.name()) + "\"?\\." : "(?<![\\w.'\"])";
            if (Pattern.compile(before + name).matcher(leaf).find()) {
                named.add(column);
            }
        }
        return named;
    }
}
