package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.exposure.ExplainSession.As;
import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.policy.explanation.Asker;
import dev.ashlar.policy.explanation.Explanation;
import dev.ashlar.policy.explanation.Explanation.Access;
import dev.ashlar.policy.explanation.Explanation.More;
import dev.ashlar.policy.explanation.Explanation.Phase;
import dev.ashlar.policy.explanation.Explanation.RowAnswer;
import dev.ashlar.policy.explanation.Explanation.RowSecurity;
import dev.ashlar.policy.explanation.Explanation.Step;
import dev.ashlar.policy.explanation.PolicyQuestionException;
import dev.ashlar.policy.explanation.Question;
import dev.ashlar.policy.explanation.Question.Condition;
import dev.ashlar.policy.explanation.Truth;
import dev.ashlar.policy.exposure.Verb;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds out why a caller may or may not do something to rows, by asking PostgreSQL: each clause of
/// each policy under the caller's role and claims, on rows that are read with the rights of whoever
/// asks. In one transaction that only reads and is rolled back. Blocks.
public final class PolicyExplainer {
    private final PostgresAddress address;
    private final ExplainReach reach;

    /// @param address of a login that may take the callers' roles and sees the rows: the owner's
    public PolicyExplainer(PostgresAddress address, ExplainReach reach) {
        this.address = address;
        this.reach = reach;
    }

    /// Throws a [PolicyQuestionException] for what cannot be answered.
    public Explanation explain(Question question) {
        try (Connection connection = JdbcConnections.open(address, "ashlar-explain")) {
            try {
                return explain(ExplainSession.begin(connection, reach), question);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new PolicyQuestionException(
                    "The database refused: " + ExplainSession.message(e), e);
        }
    }

    private Explanation explain(ExplainSession session, Question question) throws SQLException {
        Asker asker =
                new AskerFinder(session.connection()).require(question.as(), question.claims());
        ExplainedTable table =
                ExplainedTable.find(
                                session.connection(),
                                asker.role(),
                                question.schema(),
                                question.table())
                        .orElseThrow(() ->
                                new PolicyQuestionException(
                                        "There is no table "
                                                + question.schema()
                                                + "."
                                                + question.table()
                                                + "."));
        return new Answering(session, question, asker, table).answer();
    }

    /// One question under way.
    private final class Answering {
        private final ExplainSession session;
        private final Question question;
        private final Asker asker;
        private final ExplainedTable table;
        private final Access access;
        private final RowJudge judge;
        private final List<String> remarks = new ArrayList<>();

        Answering(ExplainSession session, Question question, Asker asker, ExplainedTable table) {
            this.session = session;
            this.question = question;
            this.asker = asker;
            this.table = table;
            this.access = access();
            this.judge =
                    new RowJudge(session, table, asker, Optional.of(new NestedTables(session)));
        }

        Explanation answer() throws SQLException {
            remark();
            List<JsonObject> rows = table.isTable() ? rows() : List.of();
            boolean more = rows.size() > reach.mostRows();
            session.become(asker, table.schema());
            List<RowAnswer> answers = new ArrayList<>();
            for (JsonObject row : more ? rows.subList(0, reach.mostRows()) : rows) {
                answers.add(answer(row));
            }
            return new Explanation(
                    table.label(),
                    question.verb(),
                    asker,
                    access,
                    table.rowSecurity(),
                    table.lines(question.verb()),
                    answers,
                    more ? More.YES : More.NO,
                    List.copyOf(remarks));
        }

        /// What a filter names has to be readable, whatever is done to the rows.
        private Access access() {
            Verb verb = question.verb();
            Set<String> filtered = new LinkedHashSet<>();
            if (question.rows() instanceof Question.Rows.Matching(List<Condition> conditions)) {
                conditions.forEach(condition -> filtered.add(condition.column()));
            }
            Access reading = table.access(Verb.SELECT, filtered);
            if (verb == Verb.SELECT) {
                return reading;
            }
            Access own = table.access(verb, question.values().members().keySet());
            Set<String> missing = new LinkedHashSet<>(own.missing());
            if (verb != Verb.INSERT) {
                missing.addAll(reading.missing());
            }
            return new Access(
                    own.usage(),
                    own.granted(),
                    own.columns(),
                    own.withheld(),
                    List.copyOf(missing));
        }

        private void remark() {
            if (!asker.remark().isEmpty()) {
                remarks.add(asker.remark());
            }
            if (!table.isTable()) {
                String reads = String.join(", ", table.reads());
                remarks.add(
                        table.securityInvoker()
                                ? table.label()
                                        + " is a view that reads with the caller's rights: ask about "
                                        + reads
                                : table.label()
                                        + " is no table: policies of what it reads ("
                                        + reads
                                        + ") are applied to its owner, not to the caller");
            }
            boolean writes = question.verb() == Verb.INSERT || question.verb() == Verb.UPDATE;
            if (writes && !table.triggers().isEmpty()) {
                remarks.add(
                        "Triggers may change the row before policies look at it, and were not run: "
                                + String.join(", ", table.triggers()));
            }
        }

        private List<JsonObject> rows() throws SQLException {
            if (question.verb() == Verb.INSERT) {
                return List.of(question.values());
            }
            List<JsonObject> rows =
                    switch (question.rows()) {
                        case Question.Rows.Given(List<JsonObject> given) -> given;
                        case Question.Rows.Matching(List<Condition> conditions) ->
                                new ExplainedRows(session, table, reach).matching(conditions);
                    };
            if (rows.isEmpty()) {
                remarks.add(
                        "No row of " + table.label() + " matches: it is not there for anybody.");
            }
            return rows;
        }

        private RowAnswer answer(JsonObject row) throws SQLException {
            JsonObject known = row;
            if (question.verb() == Verb.INSERT) {
                known = new ExplainedRows(session, table, reach).completed(row, asker, remarks);
            }
            boolean held = table.rowSecurity() == RowSecurity.HOLDS;
            List<Step> steps = held && access.usage() ? steps(known) : List.of();
            boolean passed =
                    !held
                            || (!steps.isEmpty()
                                    && steps.stream()
                                            .allMatch(step -> step.passed() || isExtra(step)));
            session.row(known);
            return new RowAnswer(
                    RowValues.key(table, known),
                    RowValues.all(known),
                    access.enough() && passed,
                    steps,
                    question.verb() == Verb.SELECT ? confirmed() : Optional.empty());
        }

        /// An insert that does not ask for its row back does without.
        private boolean isExtra(Step step) {
            return question.verb() == Verb.INSERT && step.phase() == Phase.RETURNED;
        }

        private List<Step> steps(JsonObject row) throws SQLException {
            List<Step> steps = new ArrayList<>();
            session.row(row);
            switch (question.verb()) {
                case SELECT -> steps.add(judge.step(Phase.SEEN, Verb.SELECT));
                case INSERT -> {
                    steps.add(judge.step(Phase.CHECKED, Verb.INSERT));
                    steps.add(judge.step(Phase.RETURNED, Verb.SELECT));
                }
                case DELETE -> {
                    steps.add(judge.step(Phase.SEEN, Verb.SELECT));
                    steps.add(judge.step(Phase.CHOSEN, Verb.DELETE));
                }
                case UPDATE -> {
                    steps.add(judge.step(Phase.SEEN, Verb.SELECT));
                    steps.add(judge.step(Phase.CHOSEN, Verb.UPDATE));
                    session.row(AskerFinder.merged(row, question.values()));
                    steps.add(judge.step(Phase.CHECKED, Verb.UPDATE));
                    steps.add(judge.step(Phase.RETURNED, Verb.SELECT));
                }
                case EXECUTE -> throw new PolicyQuestionException("Functions have no policies.");
            }
            return steps;
        }

        /// Whether the caller really sees the row of the session.
        private Optional<Boolean> confirmed() throws SQLException {
            if (table.key().isEmpty() || !access.usage()) {
                return Optional.empty();
            }
            String same =
                    table.key().stream()
                            .map(column ->
                                    "explained_now."
                                            + ExplainSession.quoted(column)
                                            + " = "
                                            + ExplainSession.qualified(table.name(), column))
                            .collect(Collectors.joining(" and "));
            String seen =
                    "exists (select from "
                            + ExplainSession.qualified(table.schema(), table.name())
                            + " explained_now where "
                            + same
                            + ")";
            Truth truth =
                    session.evaluate(table, asker, As.CALLER, List.of(seen)).getFirst().truth();
            return truth == Truth.ERROR ? Optional.empty() : Optional.of(truth == Truth.TRUE);
        }
    }
}
