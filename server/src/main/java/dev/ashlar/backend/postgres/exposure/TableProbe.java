package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.postgres.exposure.World.Holder;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.policy.exposure.Act;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Outcome;
import dev.ashlar.policy.exposure.Verb;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tries everything on one table as one caller.
final class TableProbe {
    private static final int MOST_TRIES = 16;

    private final Probing probing;
    private final Relation table;
    private final String role;
    private final TableTraits traits;
    private final Rows rows;
    private final Sheet sheet;

    TableProbe(Probing probing, Relation table, String role, Sheet sheet) {
        this.probing = probing;
        this.table = table;
        this.role = role;
        this.traits = probing.planner().traits(table);
        this.rows = probing.rows();
        this.sheet = sheet;
    }

    void run() throws SQLException {
        for (Verb verb : List.of(Verb.SELECT, Verb.INSERT, Verb.UPDATE, Verb.DELETE)) {
            Optional<Verdict> closed = probing.gate().closed(table, role, verb);
            Optional<String> outside = probing.gate().outside(table, Set.of(verb));
            if (closed.isPresent()) {
                acts(verb).forEach(act -> sheet.put(act, closed.get()));
            } else if (outside.isPresent()) {
                sheet.unprobed(
                        verb,
                        acts(verb),
                        "trigger %s reaches outside of the database".formatted(outside.get()));
            } else if (rows.refusal(table).isPresent()) {
                sheet.unprobed(verb, acts(verb), rows.refusal(table).get());
            } else {
                attempt(verb);
            }
        }
    }

    private void attempt(Verb verb) throws SQLException {
        switch (verb) {
            case SELECT -> read();
            case INSERT -> insert();
            case UPDATE -> update();
            case DELETE -> delete();
            case EXECUTE -> {}
        }
    }

    private boolean signedIn() {
        return probing.signedIn(role);
    }

    /// What there is to try: anonymous callers own nothing, and rows of some tables are nobody's.
    private List<Act> acts(Verb verb) {
        boolean owned = traits.personal();
        List<Act> acts = new ArrayList<>();
        for (Act act : Act.values()) {
            boolean applies =
                    switch (act) {
                        case READ_OWN, INSERT_OWN, UPDATE_OWN, DELETE_OWN -> owned && signedIn();
                        case READ_OTHERS, INSERT_OTHERS, UPDATE_OTHERS, DELETE_OTHERS -> owned;
                        case READ_OWNERLESS, INSERT_OWNERLESS, UPDATE_OWNERLESS, DELETE_OWNERLESS ->
                                !owned || traits.ownerless();
                        case GIVE_AWAY, TAKE_OVER ->
                                owned && signedIn() && traits.owner().isPresent();
                    };
            if (act.verb() == verb && applies) {
                acts.add(act);
            }
        }
        return acts;
    }

    /// The rows that an act of a verb is about.
    private Map<Act, List<WorldRow>> targets(Act own, Act others, Act ownerless) {
        Map<Act, List<WorldRow>> targets = new LinkedHashMap<>();
        Set<Act> acts = Set.copyOf(acts(own.verb()));
        for (WorldRow row : rows.of(table)) {
            Act act =
                    switch (row.world().holder()) {
                        case A -> signedIn() ? own : others;
                        case B, C -> others;
                        case NOBODY -> ownerless;
                    };
            boolean extra =
                    row.world().holder() == Holder.C && row.world().variant() >= traits.variants();
            if (acts.contains(act) && !extra) {
                targets.computeIfAbsent(act, _ -> new ArrayList<>()).add(row);
            }
        }
        acts.stream()
                .filter(act -> act == own || act == others || act == ownerless)
                .filter(act -> !targets.containsKey(act))
                .forEach(act ->
                        sheet.unprobed(own.verb(), List.of(act), "no synthetic row is here"));
        return targets;
    }

    private void read() throws SQLException {
        Map<Act, List<WorldRow>> targets =
                targets(Act.READ_OWN, Act.READ_OTHERS, Act.READ_OWNERLESS);
        List<WorldRow> all = targets.values().stream().flatMap(List::stream).toList();
        Optional<RowKey> key = RowKey.find(table, role, all);
        if (key.isEmpty()) {
            sheet.unprobed(
                    Verb.SELECT,
                    List.copyOf(targets.keySet()),
                    "no column by which a row could be found may be read");
            return;
        }
        if (all.isEmpty()) {
            return;
        }
        Attempt attempt = probing.tried(key.get().select(all));
        for (Map.Entry<Act, List<WorldRow>> target : targets.entrySet()) {
            switch (attempt) {
                case Attempt.Done done -> {
                    Set<List<@Nullable String>> seen =
                            Set.copyOf(
                                    done.rows().stream()
                                            .map(ArrayList::new)
                                            .collect(Collectors.toSet()));
                    put(
                            target.getKey(),
                            target.getValue().stream()
                                    .map(row ->
                                            seen.contains(key.get().of(row))
                                                    ? Verdict.ALLOWED
                                                    : Verdict.HIDDEN)
                                    .toList());
                }
                case Attempt.Failed failed ->
                        sheet.put(
                                target.getKey(),
                                Verdict.refused(failed, probing.facts(), table, Verb.SELECT));
            }
        }
    }

    private void insert() throws SQLException {
        for (Act act : acts(Verb.INSERT)) {
            List<Verdict> verdicts = new ArrayList<>();
            for (int variant = 0; variant < traits.variants(); variant++) {
                World world =
                        switch (act) {
                            case INSERT_OWN -> World.own(variant);
                            case INSERT_OTHERS -> World.others(variant);
                            default -> World.nobodys(variant);
                        };
                verdicts.add(insert(world, act));
            }
            put(act, verdicts);
        }
    }

    /// Of files, what is seen of each bucket too. What is put last stands for all.
    private void put(Act act, List<Verdict> verdicts) {
        boolean buckets =
                table.label().equals(WorldPlanner.OBJECTS)
                        && verdicts.size() == traits.variants()
                        && !probing.facts().buckets().isEmpty();
        for (int i = 0; buckets && i < verdicts.size(); i++) {
            String bucket = probing.planner().bucket(World.own(i)).id();
            sheet.put(act, new Verdict(verdicts.get(i).outcome(), "bucket " + bucket));
        }
        sheet.put(act, Verdict.together(verdicts));
    }

    /// Of a partition by hash no key is known to fit before it is tried.
    private Verdict insert(World world, Act act) throws SQLException {
        Verdict verdict = Verdict.unknown("");
        for (int i = 0; i < MOST_TRIES && verdict.outcome() == Outcome.UNKNOWN; i++) {
            verdict = insert(probing.rowMaker().another(table, world), act);
            if (!verdict.reason().startsWith(Verdict.UNFIT)) {
                return verdict;
            }
        }
        return verdict;
    }

    private Verdict insert(RowPlan full, Act act) throws SQLException {
        Set<String> writable = table.privileges(role).columns(Verb.INSERT);
        List<String> drawn =
                table.columns().stream()
                        .filter(column -> !writable.contains(column.name()))
                        .filter(TableProbe::drawsNumber)
                        .map(Column::name)
                        .toList();
        Map<String, Optional<String>> values = new LinkedHashMap<>(full.values());
        values.keySet().removeIf(name -> !writable.contains(name) && !drawn.contains(name));
        RowPlan plan = new RowPlan(values, Map.of());
        Optional<String> fixed = traits.owner().filter(name -> !writable.contains(name));
        if (act == Act.INSERT_OTHERS && fixed.isPresent()) {
            return Verdict.denied("column %s may not be written".formatted(fixed.get()));
        }
        boolean forges = act == Act.INSERT_OTHERS && probing.gate().rewrites(table, Verb.INSERT);
        Optional<SqlStatement> look =
                forges ? probing.look(table, traits.owner(), values) : Optional.empty();
        SqlStatement insert = RowMaker.into(table, plan).build();
        Optional<String> owner =
                traits.owner().flatMap(name -> full.values().getOrDefault(name, Optional.empty()));
        if (drawn.isEmpty()) {
            return verdict(List.of(insert), look, owner, Verb.INSERT);
        }
        if (probing.tried(lend(drawn)) instanceof Attempt.Failed) {
            return Verdict.unknown(
                    "column %s may not be written, and its sequence would move"
                            .formatted(drawn.getFirst()));
        }
        List<SqlStatement> statements = new ArrayList<>(List.of(lend(drawn)));
        statements.add(insert);
        return verdict(statements, look, owner, Verb.INSERT);
    }

    /// Lets the caller write a column whose sequence would move otherwise, which no rollback takes
    /// back. The grant is undone with the act, and policies do not see it.
    private SqlStatement[] lend(List<String> columns) {
        SqlText grant = new SqlText().sql("grant insert (");
        for (int i = 0; i < columns.size(); i++) {
            grant.sql(i == 0 ? "" : ", ").identifier(columns.get(i));
        }
        grant.sql(") on ").qualified(table.schema(), table.name()).sql(" to ").identifier(role);
        return new SqlStatement[] {
            probing.maker().become(probing.maker().role()),
            grant.build(),
            probing.maker().become(role)
        };
    }

    static boolean drawsNumber(Column column) {
        return !column.identity().isEmpty()
                || column.expression().filter(text -> text.contains("nextval(")).isPresent();
    }

    private void update() throws SQLException {
        Optional<Column> harmless = harmless();
        if (harmless.isEmpty()) {
            sheet.unprobed(Verb.UPDATE, acts(Verb.UPDATE), "no column that may be changed is free");
            return;
        }
        Map<Act, Boolean> hidden = new EnumMap<>(Act.class);
        for (var target :
                targets(Act.UPDATE_OWN, Act.UPDATE_OTHERS, Act.UPDATE_OWNERLESS).entrySet()) {
            String column = harmless.get().name();
            List<Verdict> verdicts =
                    verdicts(
                            target.getValue().stream()
                                    .map(row -> set(row, column, row.value(column)))
                                    .toList(),
                            Verb.UPDATE);
            hidden.put(target.getKey(), verdicts.stream().allMatch(Verdict.HIDDEN::equals));
            put(target.getKey(), verdicts);
        }
        if (acts(Verb.UPDATE).contains(Act.GIVE_AWAY)) {
            // A row that no policy gives to be changed is not given for another change either.
            if (hidden.getOrDefault(Act.UPDATE_OWN, false)) {
                sheet.put(Act.GIVE_AWAY, Verdict.HIDDEN);
            } else {
                move(Act.GIVE_AWAY, Holder.A, Holder.B);
            }
            if (hidden.getOrDefault(Act.UPDATE_OTHERS, false)) {
                sheet.put(Act.TAKE_OVER, Verdict.HIDDEN);
            } else {
                move(Act.TAKE_OVER, Holder.B, Holder.A);
            }
        }
    }

    /// A column to set to what it is already, best one that says nothing about whose the row is.
    private Optional<Column> harmless() {
        Set<String> writable = table.privileges(role).columns(Verb.UPDATE);
        Set<String> pointing =
                probing.facts().foreignKeysOf(table).stream()
                        .flatMap(key -> key.columns().stream())
                        .collect(Collectors.toSet());
        Comparator<Column> order =
                Comparator.<Column, Boolean>comparing(
                                column -> table.primaryKey().contains(column.name()))
                        .thenComparing(column -> traits.accounts().contains(column.name()))
                        .thenComparing(column -> pointing.contains(column.name()));
        return table.columns().stream()
                .filter(column -> writable.contains(column.name()))
                .filter(column -> !column.generated() && !column.identity().equals("a"))
                .min(order);
    }

    private void move(Act act, Holder from, Holder to) throws SQLException {
        String owner = traits.owner().orElseThrow();
        if (!table.privileges(role).columns(Verb.UPDATE).contains(owner)) {
            sheet.put(act, Verdict.denied("no right to change " + owner));
            return;
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (WorldRow row : rows.of(table)) {
            Optional<String> other =
                    rows.of(table).stream()
                            .filter(each -> each.world().holder() == to)
                            .findFirst()
                            .flatMap(each -> each.value(owner));
            if (row.world().holder() == from && other.isPresent()) {
                Optional<SqlStatement> look =
                        probing.gate().rewrites(table, Verb.UPDATE)
                                ? probing.look(table, Optional.of(owner), keys(row, owner))
                                : Optional.empty();
                verdicts.add(verdict(List.of(set(row, owner, other)), look, other, Verb.UPDATE));
            }
        }
        if (verdicts.isEmpty()) {
            sheet.unprobed(Verb.UPDATE, List.of(act), "no synthetic row is here");
        } else {
            sheet.put(act, Verdict.together(verdicts));
        }
    }

    /// By which the row is found again after its owner was changed.
    private static Map<String, Optional<String>> keys(WorldRow row, String owner) {
        Map<String, Optional<String>> keys = new LinkedHashMap<>(row.values());
        keys.remove(owner);
        return keys;
    }

    private void delete() throws SQLException {
        for (var target :
                targets(Act.DELETE_OWN, Act.DELETE_OTHERS, Act.DELETE_OWNERLESS).entrySet()) {
            List<Verdict> verdicts =
                    verdicts(target.getValue().stream().map(this::delete).toList(), Verb.DELETE);
            put(target.getKey(), verdicts);
        }
    }

    private SqlStatement delete(WorldRow row) {
        return new SqlText()
                .sql("delete from ")
                .qualified(table.schema(), table.name())
                .sql(" where current of ")
                .identifier(row.cursor())
                .build();
    }

    private SqlStatement set(WorldRow row, String column, Optional<String> value) {
        return new SqlText()
                .sql("update ")
                .qualified(table.schema(), table.name())
                .sql(" set ")
                .identifier(column)
                .sql(" = ")
                .parameter(value.orElse(null))
                .sql(" where current of ")
                .identifier(row.cursor())
                .build();
    }

    private List<Verdict> verdicts(List<SqlStatement> acts, Verb verb) throws SQLException {
        return probing.attempts().each(Prober.ACT, acts).stream()
                .map(attempt -> Verdict.of(attempt, probing.facts(), table, verb))
                .toList();
    }

    /// @param look reads afterwards, with the maker's rights, whose the row has become
    private Verdict verdict(
            List<SqlStatement> act, Optional<SqlStatement> look, Optional<String> owner, Verb verb)
            throws SQLException {
        List<SqlStatement> statements = new ArrayList<>(act);
        look.ifPresent(each -> {
            statements.add(probing.maker().maskOff(table));
            statements.add(each);
        });
        Attempt attempt = probing.tried(statements.toArray(SqlStatement[]::new));
        if (attempt instanceof Attempt.Done done && look.isPresent()) {
            boolean written = done.lastCount() > 0;
            boolean kept =
                    done.rows().stream()
                            .map(List::getLast)
                            .anyMatch(owner.map(Object::toString).orElse("")::equals);
            return !written
                    ? Verdict.HIDDEN
                    : kept ? Verdict.ALLOWED : Verdict.denied("a trigger sets the owner");
        }
        return Verdict.of(attempt, probing.facts(), table, verb);
    }
}
