package dev.ashlar.backend.postgres.policy;

import dev.ashlar.backend.postgres.policy.Bench.Answer;
import dev.ashlar.backend.postgres.policy.Bench.Answer.Done;
import dev.ashlar.backend.postgres.policy.Bench.Answer.Refused;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.policy.trial.PolicySuite.As;
import dev.ashlar.policy.trial.PolicySuite.PolicyTest;
import dev.ashlar.policy.trial.Step;
import dev.ashlar.policy.trial.Step.Expected;
import dev.ashlar.policy.trial.Step.Expected.Count;
import dev.ashlar.policy.trial.Step.Expected.Everything;
import dev.ashlar.policy.trial.Step.Expected.Refusal;
import dev.ashlar.policy.trial.Step.Expected.Rows;
import dev.ashlar.policy.trial.Step.Expected.Success;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Runs one test where its rows already are, and compares what came with what was expected.
final class Trial {
    /// Rows beyond are not compared: a test that expects so many counts them.
    private static final int MOST_ROWS = 1_000;

    private static final int MOST_SHOWN = 5;
    private static final String DUPLICATE = "23505";

    private final Bench bench;

    Trial(Bench bench) {
        this.bench = bench;
    }

    /// Faults, in words; each step is undone before the next.
    List<String> faults(PolicyTest test) throws SQLException {
        List<String> faults = new ArrayList<>();
        for (Step step : test.steps()) {
            fault(test.as(), step)
                    .ifPresent(fault ->
                            faults.add(
                                    "line %d: %s %s: %s"
                                            .formatted(
                                                    step.line(),
                                                    step.verb(),
                                                    step.on().label(),
                                                    fault)));
        }
        return faults;
    }

    /// Whether some step comes out otherwise than expected; the first one decides.
    boolean fails(PolicyTest test) throws SQLException {
        for (Step step : test.steps()) {
            if (fault(test.as(), step).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> fault(As caller, Step step) throws SQLException {
        Expected expected = step.expected();
        if (expected instanceof Everything) {
            Answer all = bench.undone(() -> bench.query(everything(step)));
            if (all instanceof Refused(_, String message)) {
                return Optional.of("the rows cannot be counted: " + message);
            }
            expected = new Count(number(all));
        }
        Set<String> wanted = new LinkedHashSet<>();
        List<String> wantedRows = new ArrayList<>();
        if (expected instanceof Rows(List<JsonObject> rows) && !(step instanceof Step.Call)) {
            for (JsonObject row : rows) {
                Answer written = bench.undone(() -> bench.query(LabSql.expected(step.on(), row)));
                if (written instanceof Refused(_, String message)) {
                    return Optional.of("the expected row is no row of it: " + message);
                }
                wantedRows.addAll(((Done) written).rows());
                wanted.addAll(row.members().keySet());
            }
        }
        Expected judged = expected;
        Answer answer =
                bench.undone(() -> {
                    bench.become(caller);
                    return attempt(step, judged, wanted);
                });
        return judged(step, judged, answer, wantedRows);
    }

    private static LabSql everything(Step step) {
        return switch (step) {
            case Step.Read read -> LabSql.count(read.on(), read.where(), List.of());
            case Step.Update update -> LabSql.count(update.on(), update.where(), List.of());
            case Step.Delete delete -> LabSql.count(delete.on(), delete.where(), List.of());
            case Step.Insert insert -> LabSql.count(insert.on(), JsonObject.EMPTY, List.of());
            case Step.Call call -> LabSql.call(call);
        };
    }

    private Answer attempt(Step step, Expected expected, Set<String> columns) {
        return switch (step) {
            case Step.Read read ->
                    expected instanceof Rows && !columns.isEmpty()
                            ? bench.query(
                                    LabSql.rows(read.on(), read.where(), columns, MOST_ROWS + 1))
                            : counted(
                                    bench.query(
                                            LabSql.count(read.on(), read.where(), read.columns())));
            case Step.Insert insert -> bench.change(LabSql.insert(insert));
            case Step.Update update -> bench.change(LabSql.update(update));
            case Step.Delete delete -> bench.change(LabSql.delete(delete));
            case Step.Call call -> counted(bench.query(LabSql.call(call)));
        };
    }

    private static Answer counted(Answer answer) {
        return answer instanceof Done ? new Done(number(answer), List.of()) : answer;
    }

    private static long number(Answer answer) {
        return answer instanceof Done(_, List<String> rows) && !rows.isEmpty()
                ? Long.parseLong(rows.getFirst())
                : 0;
    }

    private static Optional<String> judged(
            Step step, Expected expected, Answer answer, List<String> wanted) {
        return switch (answer) {
            case Refused refused ->
                    expected instanceof Refusal && refused.forWantOfRights()
                            ? Optional.empty()
                            : Optional.of(
                                    "expected %s, but it failed: %s%s"
                                            .formatted(
                                                    words(expected, step),
                                                    refused.message(),
                                                    advice(refused)));
            case Done done -> done(step, expected, done, wanted);
        };
    }

    /// Given rows with ids of their own do not move the sequence on.
    private static String advice(Refused refused) {
        return refused.state().equals(DUPLICATE)
                ? "; does a sequence give the id of a given row? Give those high ids"
                : "";
    }

    private static Optional<String> done(
            Step step, Expected expected, Done done, List<String> wanted) {
        return switch (expected) {
            case Refusal _ ->
                    Optional.of("expected denied, but %s".formatted(came(step, done.count())));
            case Success _ ->
                    step instanceof Step.Read || step instanceof Step.Call || done.count() > 0
                            ? Optional.empty()
                            : Optional.of("expected allowed, but no row was changed");
            case Everything _ -> Optional.empty();
            case Count(long rows) ->
                    rows == done.count()
                            ? Optional.empty()
                            : Optional.of(
                                    "expected %s, but %s"
                                            .formatted(
                                                    words(expected, step),
                                                    came(step, done.count())));
            case Rows _ -> difference(done, wanted);
        };
    }

    private static Optional<String> difference(Done done, List<String> wanted) {
        if (done.rows().isEmpty() && wanted.isEmpty()) {
            return done.count() == 0
                    ? Optional.empty()
                    : Optional.of("expected no rows, but there are " + done.count());
        }
        List<String> missing = new ArrayList<>(wanted);
        List<String> extra = new ArrayList<>();
        for (String row : done.rows()) {
            if (!missing.remove(row)) {
                extra.add(row);
            }
        }
        if (missing.isEmpty() && extra.isEmpty()) {
            return Optional.empty();
        }
        List<String> told = new ArrayList<>();
        if (!missing.isEmpty()) {
            told.add("expected and not there: " + shown(missing));
        }
        if (!extra.isEmpty()) {
            told.add("there and not expected: " + shown(extra));
        }
        return Optional.of(String.join("; ", told));
    }

    private static String shown(List<String> rows) {
        String text = String.join(", ", rows.subList(0, Math.min(MOST_SHOWN, rows.size())));
        return rows.size() > MOST_SHOWN
                ? text + " and %d more".formatted(rows.size() - MOST_SHOWN)
                : text;
    }

    private static String words(Expected expected, Step step) {
        return switch (expected) {
            case Refusal _ -> "denied";
            case Success _ -> "allowed";
            case Everything _ -> "all rows";
            case Count(long rows) -> rows(rows) + (step instanceof Step.Read ? "" : " changed");
            case Rows(List<JsonObject> rows) -> rows(rows.size());
        };
    }

    private static String came(Step step, long count) {
        return switch (step) {
            case Step.Read _ -> rows(count) + (count == 1 ? " was read" : " were read");
            case Step.Call _ -> "the call gave " + rows(count);
            default -> rows(count) + (count == 1 ? " was changed" : " were changed");
        };
    }

    private static String rows(long count) {
        return count == 0 ? "no row" : count == 1 ? "1 row" : count + " rows";
    }
}
