package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.postgres.exposure.Probing.Look;
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
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tries everything on one table as one caller.
final class TableProbe {
    private static final int MOST_TRIES = 16;
    private static final String NO_CHANNEL =
            "its policies ask for realtime.topic(), and no channel was found that they let this role into";

    private final Probing probing;
    private final Relation table;
    private final String role;
    private final TableTraits traits;
    private final Rows rows;
    private final Sheet sheet;
    private final boolean channels;

    /// Verbs of which it is not known which channels policies ask for.
    private final Set<Verb> blind = EnumSet.noneOf(Verb.class);

    TableProbe(Probing probing, Relation table, String role, Sheet sheet) {
        this.probing = probing;
        this.table = table;
        this.role = role;
        this.traits = probing.planner().traits(table);
        this.rows = probing.rows();
        this.sheet = sheet;
        this.channels = ChannelTopics.isChannels(table);
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
        if (channels) {
            for (var target : targets.entrySet()) {
                put(target.getKey(), seen(key.get(), target.getValue()));
            }
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

    /// Of rows that are asked for one by one.
    private List<Verdict> seen(RowKey key, List<WorldRow> all) throws SQLException {
        List<Verdict> verdicts = new ArrayList<>();
        for (WorldRow row : all) {
            List<SqlStatement> statements = asked(row.values(), key.select(List.of(row)));
            verdicts.add(
                    switch (probing.tried(statements.toArray(SqlStatement[]::new))) {
                        case Attempt.Done done ->
                                done.rows().isEmpty() ? Verdict.HIDDEN : Verdict.ALLOWED;
                        case Attempt.Failed failed ->
                                Verdict.refused(failed, probing.facts(), table, Verb.SELECT);
                    });
        }
        return verdicts;
    }

    /// Policies on channels ask which one it is about.
    private List<SqlStatement> asked(Map<String, Optional<String>> row, SqlStatement statement) {
        return channels ? List.of(ChannelTopics.ask(row), statement) : List.of(statement);
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
                verdicts.add(
                        insert(
                                () -> probing.rowMaker().another(table, world),
                                act,
                                traits.owner()));
            }
            if (act == Act.INSERT_OTHERS) {
                verdicts.addAll(forge());
            }
            put(act, verdicts);
        }
    }

    /// Rows in another's name that are the caller's own by all else that they say.
    private List<Verdict> forge() throws SQLException {
        List<Verdict> verdicts = new ArrayList<>();
        Optional<String> named = traits.forgeable().stream().findFirst();
        for (int i = 0; named.isPresent() && i < traits.variants(); i++) {
            int variant = i;
            if (probing.rowMaker().forged(table, variant).isPresent()) {
                verdicts.add(
                        insert(
                                () -> probing.rowMaker().forged(table, variant).orElseThrow(),
                                Act.INSERT_OTHERS,
                                named));
            }
        }
        return verdicts;
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
        Verdict together = Verdict.together(verdicts);
        sheet.put(act, channels ? onChannels(act, together) : together);
    }

    /// Where callers were let into no channel of their own, that others are shut says nothing.
    private Verdict onChannels(Act act, Verdict verdict) {
        boolean asks =
                probing.facts().policiesOf(table, role, act.verb()).stream()
                        .flatMap(policy -> Stream.of(policy.using(), policy.check()))
                        .flatMap(Optional::stream)
                        .anyMatch(ChannelTopics::asked);
        boolean own = Set.of(Act.READ_OWN, Act.INSERT_OWN, Act.UPDATE_OWN).contains(act);
        if (!asks || verdict.outcome() != Outcome.DENIED) {
            return verdict;
        }
        if (own || !probing.planner().knowsTopics(table)) {
            blind.add(act.verb());
        }
        return blind.contains(act.verb()) ? Verdict.unknown(NO_CHANNEL) : verdict;
    }

    /// Of a partition by hash no key is known to fit before it is tried.
    ///
    /// @param named the column that says in whose name the row stands
    private Verdict insert(Supplier<RowPlan> plans, Act act, Optional<String> named)
            throws SQLException {
        Verdict verdict = Verdict.unknown("");
        for (int i = 0; i < MOST_TRIES && verdict.outcome() == Outcome.UNKNOWN; i++) {
            verdict = insert(plans.get(), act, named);
            if (!verdict.reason().startsWith(Verdict.UNFIT)) {
                return verdict;
            }
        }
        return verdict;
    }

    private Verdict insert(RowPlan full, Act act, Optional<String> named) throws SQLException {
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
        Optional<String> fixed = named.filter(name -> !writable.contains(name));
        if (act == Act.INSERT_OTHERS && fixed.isPresent()) {
            return Verdict.denied("column %s may not be written".formatted(fixed.get()));
        }
        boolean forges = act == Act.INSERT_OTHERS && probing.gate().rewrites(table, Verb.INSERT);
        Optional<Look> look =
                forges
                        ? probing.look(
                                table,
                                named,
                                values,
                                named.flatMap(name -> values.getOrDefault(name, Optional.empty())))
                        : Optional.empty();
        List<SqlStatement> insert = asked(values, RowMaker.into(table, plan).build());
        if (drawn.isEmpty()) {
            return probing.verdict(insert, look, table, Verb.INSERT);
        }
        if (probing.tried(lend(drawn)) instanceof Attempt.Failed) {
            return Verdict.unknown(
                    "column %s may not be written, and its sequence would move"
                            .formatted(drawn.getFirst()));
        }
        List<SqlStatement> statements = new ArrayList<>(List.of(lend(drawn)));
        statements.addAll(insert);
        return probing.verdict(statements, look, table, Verb.INSERT);
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
                            target.getValue(),
                            row -> set(row, column, row.value(column)),
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
                Optional<Look> look =
                        probing.gate().rewrites(table, Verb.UPDATE)
                                ? probing.look(
                                        table, Optional.of(owner), Probing.keys(row, owner), other)
                                : Optional.empty();
                verdicts.add(
                        probing.verdict(
                                asked(row.values(), set(row, owner, other)),
                                look,
                                table,
                                Verb.UPDATE));
            }
        }
        if (verdicts.isEmpty()) {
            sheet.unprobed(Verb.UPDATE, List.of(act), "no synthetic row is here");
        } else {
            sheet.put(act, Verdict.together(verdicts));
        }
    }

    private void delete() throws SQLException {
        for (var target :
                targets(Act.DELETE_OWN, Act.DELETE_OTHERS, Act.DELETE_OWNERLESS).entrySet()) {
            List<Verdict> verdicts = verdicts(target.getValue(), this::delete, Verb.DELETE);
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

    private List<Verdict> verdicts(
            List<WorldRow> all, Function<WorldRow, SqlStatement> act, Verb verb)
            throws SQLException {
        if (channels) {
            List<Verdict> verdicts = new ArrayList<>();
            for (WorldRow row : all) {
                verdicts.add(
                        probing.verdict(
                                asked(row.values(), act.apply(row)),
                                Optional.empty(),
                                table,
                                verb));
            }
            return verdicts;
        }
        List<SqlStatement> acts = all.stream().map(act).toList();
        return probing.attempts().each(Prober.ACT, acts).stream()
                .map(attempt -> Verdict.of(attempt, probing.facts(), table, verb))
                .toList();
    }
}
