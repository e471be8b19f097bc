package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.postgres.exposure.ExplainSession.As;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.policy.explanation.Asker;
import dev.ashlar.policy.explanation.Explanation.Access;
import dev.ashlar.policy.explanation.Explanation.Nested;
import dev.ashlar.policy.explanation.Explanation.Phase;
import dev.ashlar.policy.explanation.Explanation.RowAnswer;
import dev.ashlar.policy.explanation.Explanation.RowSecurity;
import dev.ashlar.policy.explanation.Explanation.Step;
import dev.ashlar.policy.explanation.Truth;
import dev.ashlar.policy.exposure.Verb;
import dev.ashlar.policy.expression.FromTable;
import dev.ashlar.policy.expression.PolicyExpression;
import dev.ashlar.policy.expression.PolicyExpression.SubSelect;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tables that the clauses of a policy look into. A sub-select in a policy runs with the caller's
/// rights and under the caller's policies, so what it looks for may be there and not be seen: the
/// usual reason why something is empty.
final class NestedTables {
    private static final int MOST_ROWS = 3;
    private static final Pattern FROM =
            Pattern.compile("\\b(?:FROM|JOIN)\\s+\\(*" + FromTable.QUALIFIED);

    private final ExplainSession session;

    NestedTables(ExplainSession session) {
        this.session = session;
    }

    List<Nested> of(PolicyExpression leaf, ExplainedTable outer, Asker asker) throws SQLException {
        Truth without =
                session.evaluate(outer, asker, As.READER, List.of(leaf.sql())).getFirst().truth();
        List<Nested> all = new ArrayList<>();
        for (List<String> name : named(leaf)) {
            Optional<ExplainedTable> inner =
                    ExplainedTable.find(
                            session.connection(), asker.role(), name.getFirst(), name.getLast());
            if (inner.isPresent()) {
                all.add(nested(leaf, outer, inner.get(), without, asker));
            }
        }
        return all;
    }

    private Nested nested(
            PolicyExpression leaf,
            ExplainedTable outer,
            ExplainedTable inner,
            Truth without,
            Asker asker)
            throws SQLException {
        Access access = inner.access(Verb.SELECT, List.of());
        boolean held = inner.rowSecurity() == RowSecurity.HOLDS && inner.isTable();
        return new Nested(
                inner.label(),
                without,
                access,
                inner.rowSecurity(),
                inner.lines(Verb.SELECT),
                held && access.enough() && without == Truth.TRUE
                        ? rows(leaf, outer, inner, asker)
                        : List.of());
    }

    /// Those that the clause looks for, whether or not the caller sees them.
    private List<RowAnswer> rows(
            PolicyExpression leaf, ExplainedTable outer, ExplainedTable inner, Asker asker)
            throws SQLException {
        Optional<SubSelect> select = simple(leaf);
        if (named(leaf).size() != 1 || select.isEmpty()) {
            return List.of();
        }
        Optional<FromTable> from = FromTable.find(select.get());
        if (from.isEmpty()) {
            return List.of();
        }
        String alias = ExplainSession.quoted(from.get().alias());
        String condition = select.get().where().orElseThrow().sql();
        List<String> found;
        try {
            found =
                    session.rows(
                            "select pg_catalog.to_jsonb("
                                    + alias
                                    + ") from "
                                    + ExplainSession.rowOf(outer)
                                    + ", "
                                    + ExplainSession.qualified(inner.schema(), inner.name())
                                    + " "
                                    + alias
                                    + " where "
                                    + condition
                                    + " limit "
                                    + MOST_ROWS);
        } catch (SQLException _) {
            return List.of();
        }
        List<RowAnswer> answers = new ArrayList<>();
        JsonObject kept = session.row();
        for (String json : found) {
            answers.add(answer(inner, asker, RowValues.object(json)));
        }
        session.row(kept);
        return answers;
    }

    /// The one that reads a table, if it can be told which rows it looks for.
    private static Optional<SubSelect> simple(PolicyExpression leaf) {
        return leaf.all()
                .filter(SubSelect.class::isInstance)
                .map(SubSelect.class::cast)
                .filter(each ->
                        each.simple() && each.from().isPresent() && each.where().isPresent())
                .findFirst();
    }

    private RowAnswer answer(ExplainedTable inner, Asker asker, JsonObject row)
            throws SQLException {
        session.row(row);
        Step step =
                new RowJudge(session, inner, asker, Optional.empty()).step(Phase.SEEN, Verb.SELECT);
        return new RowAnswer(
                RowValues.key(inner, row),
                RowValues.all(row),
                step.passed(),
                List.of(step),
                Optional.empty());
    }

    private static Set<List<String>> named(PolicyExpression leaf) {
        Set<List<String>> names = new LinkedHashSet<>();
        Matcher from = FROM.matcher(leaf.sql());
        while (from.find()) {
            names.add(
                    List.of(FromTable.unquoted(from.group(1)), FromTable.unquoted(from.group(2))));
        }
        return names;
    }
}
