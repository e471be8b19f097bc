package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Verb;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Tries what a view lets a caller do with rows of the table behind it.
final class ViewProbe {
    private final Probing probing;
    private final Relation view;
    private final String role;
    private final Sheet sheet;
    private final Optional<ViewSource> source;

    ViewProbe(Probing probing, Relation view, String role, Sheet sheet) {
        this.probing = probing;
        this.view = view;
        this.role = role;
        this.sheet = sheet;
        this.source = ViewSource.find(probing.facts(), view, probing.planner(), probing.rows());
    }

    void run() throws SQLException {
        for (Verb verb : List.of(Verb.SELECT, Verb.INSERT, Verb.UPDATE, Verb.DELETE)) {
            List<Act> acts = acts(verb);
            Optional<Verdict> known = known(verb);
            Optional<String> outside = outside(verb);
            if (known.isPresent()) {
                acts.forEach(act -> sheet.put(act, known.get()));
            } else if (outside.isPresent()) {
                sheet.unprobed(
                        verb,
                        acts,
                        "trigger %s reaches outside of the database".formatted(outside.get()));
            } else if (source.isEmpty()) {
                sheet.unprobed(verb, acts, "no column of the view tells the rows that it shows");
            } else {
                attempt(source.get(), verb, acts);
            }
        }
    }

    private Optional<Verdict> known(Verb verb) {
        if (verb != Verb.SELECT && !view.updatable().contains(verb)) {
            return Optional.of(Verdict.denied("the view cannot be changed"));
        }
        return probing.gate().closed(view, role, verb);
    }

    private Optional<String> outside(Verb verb) {
        Optional<String> own = probing.gate().outside(view, Set.of(verb));
        return own.isPresent() || verb == Verb.SELECT || source.isEmpty()
                ? own
                : probing.gate().outside(source.get().table(), Set.of(verb));
    }

    private List<Act> acts(Verb verb) {
        boolean owned =
                source.filter(each -> probing.planner().traits(each.table()).personal())
                        .isPresent();
        boolean ownerless =
                !owned
                        || source.filter(each -> probing.planner().traits(each.table()).ownerless())
                                .isPresent();
        boolean own = owned && probing.signedIn(role);
        List<Act> acts = new ArrayList<>();
        for (Act act : Act.values()) {
            boolean applies =
                    switch (act) {
                        case READ_OWN, INSERT_OWN, UPDATE_OWN, DELETE_OWN -> own;
                        case READ_OTHERS, INSERT_OTHERS, UPDATE_OTHERS, DELETE_OTHERS -> owned;
                        case READ_OWNERLESS, INSERT_OWNERLESS, UPDATE_OWNERLESS, DELETE_OWNERLESS ->
                                ownerless;
                        case GIVE_AWAY, TAKE_OVER -> own && owner().isPresent();
                    };
            if (act.verb() == verb && applies) {
                acts.add(act);
            }
        }
        return acts;
    }

    /// The view's name of the column that says whose a row is.
    private Optional<String> owner() {
        return source.flatMap(
                from -> probing.planner().traits(from.table()).owner().flatMap(from::shown));
    }

    private void attempt(ViewSource from, Verb verb, List<Act> acts) throws SQLException {
        boolean findable = view.privileges(role).columns(Verb.SELECT).contains(from.key());
        if (verb != Verb.INSERT && !findable) {
            sheet.unprobed(verb, acts, "column %s may not be read".formatted(from.key()));
            return;
        }
        for (Act act : acts) {
            List<Verdict> verdicts = new ArrayList<>();
            for (WorldRow row : rows(from, act)) {
                verdicts.add(
                        switch (verb) {
                            case SELECT -> tried(read(from, row), verb);
                            case INSERT -> insert(from, row.world());
                            case UPDATE -> update(from, row, act);
                            case DELETE -> tried(delete(from, row), verb);
                            case EXECUTE -> Verdict.unknown("");
                        });
            }
            if (verdicts.isEmpty()) {
                sheet.unprobed(verb, List.of(act), "no synthetic row is here");
            } else {
                sheet.put(act, Verdict.together(verdicts));
            }
        }
    }

    private List<WorldRow> rows(ViewSource from, Act act) {
        boolean signedIn = probing.signedIn(role);
        return probing.rows().of(from.table()).stream()
                .filter(row -> from.value(row).isPresent())
                .filter(row ->
                        switch (act) {
                            case READ_OWN, INSERT_OWN, UPDATE_OWN, DELETE_OWN, GIVE_AWAY ->
                                    row.world().holder() == World.Holder.A;
                            case TAKE_OVER -> row.world().holder() == World.Holder.B;
                            case READ_OTHERS, INSERT_OTHERS, UPDATE_OTHERS, DELETE_OTHERS ->
                                    row.world().account().isPresent()
                                            && !(signedIn
                                                    && row.world().holder() == World.Holder.A);
                            default -> row.world().account().isEmpty();
                        })
                .toList();
    }

    private Verdict tried(SqlStatement statement, Verb verb) throws SQLException {
        Attempt attempt = probing.tried(statement);
        if (attempt instanceof Attempt.Done done && verb == Verb.SELECT) {
            return done.rows().isEmpty() ? Verdict.HIDDEN : Verdict.ALLOWED;
        }
        return Verdict.of(attempt, probing.facts(), view, verb);
    }

    private SqlStatement read(ViewSource from, WorldRow row) {
        return where(
                new SqlText().sql("select 1 from ").qualified(view.schema(), view.name()),
                from,
                row);
    }

    private SqlStatement delete(ViewSource from, WorldRow row) {
        return where(
                new SqlText().sql("delete from ").qualified(view.schema(), view.name()), from, row);
    }

    /// Of the row that the key tells, and nothing more than one where it tells none apart.
    private static SqlStatement where(SqlText sql, ViewSource from, WorldRow row) {
        return sql.sql(" where ")
                .identifier(from.key())
                .sql(" = ")
                .parameter(from.value(row).orElseThrow())
                .build();
    }

    private Verdict update(ViewSource from, WorldRow row, Act act) throws SQLException {
        return switch (act) {
            case GIVE_AWAY -> move(from, row, World.Holder.B);
            case TAKE_OVER -> move(from, row, World.Holder.A);
            default -> update(from, row);
        };
    }

    private Verdict move(ViewSource from, WorldRow row, World.Holder to) throws SQLException {
        String shown = owner().orElseThrow();
        if (!view.privileges(role).columns(Verb.UPDATE).contains(shown)) {
            return Verdict.denied("no right to change " + shown);
        }
        String owner = Optional.ofNullable(from.columns().get(shown)).orElse(shown);
        Optional<String> other =
                probing.rows().of(from.table()).stream()
                        .filter(each -> each.world().holder() == to)
                        .findFirst()
                        .flatMap(each -> each.value(owner));
        if (other.isEmpty()) {
            return Verdict.unknown("no synthetic row is here");
        }
        // Whatever passes the row on may leave its owner as it is.
        Optional<Probing.Look> look =
                probing.look(from.table(), Optional.of(owner), Probing.keys(row, owner), other);
        return probing.verdict(List.of(set(shown, other, from, row)), look, view, Verb.UPDATE);
    }

    private SqlStatement set(String column, Optional<String> value, ViewSource from, WorldRow row) {
        SqlText sql =
                new SqlText()
                        .sql("update ")
                        .qualified(view.schema(), view.name())
                        .sql(" set ")
                        .identifier(column)
                        .sql(" = ")
                        .parameter(value.orElse(null));
        return where(sql, from, row);
    }

    private Verdict update(ViewSource from, WorldRow row) throws SQLException {
        Set<String> writable = view.privileges(role).columns(Verb.UPDATE);
        Optional<String> column =
                from.columns().keySet().stream()
                        .filter(writable::contains)
                        .filter(name -> !generated(from, name))
                        .min(java.util.Comparator.comparing(name -> name.equals(from.key())));
        if (column.isEmpty()) {
            return Verdict.unknown("no column that may be changed is the table's");
        }
        Optional<String> value =
                Optional.ofNullable(from.columns().get(column.get())).flatMap(row::value);
        return tried(set(column.get(), value, from, row), Verb.UPDATE);
    }

    private static boolean generated(ViewSource from, String name) {
        return from.table()
                .find(from.columns().getOrDefault(name, name))
                .filter(column -> column.generated() || column.identity().equals("a"))
                .isPresent();
    }

    private Verdict insert(ViewSource from, World world) throws SQLException {
        Set<String> writable = view.privileges(role).columns(Verb.INSERT);
        RowPlan full = probing.rowMaker().another(from.table(), world);
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        from.columns()
                .forEach((name, original) -> {
                    if (writable.contains(name) && full.values().containsKey(original)) {
                        values.put(name, full.values().get(original));
                    }
                });
        Set<String> written =
                values.keySet().stream().map(from.columns()::get).collect(Collectors.toSet());
        Optional<Column> drawn =
                from.table().columns().stream()
                        .filter(column -> !written.contains(column.name()))
                        .filter(TableProbe::drawsNumber)
                        .findFirst();
        if (drawn.isPresent()) {
            return Verdict.unknown(
                    "column %s cannot be written, and its sequence would move"
                            .formatted(drawn.get().name()));
        }
        return tried(RowMaker.into(view, new RowPlan(values, Map.of())).build(), Verb.INSERT);
    }
}
