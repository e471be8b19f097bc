package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.policy.exposure.Facts.Column;
import dev.ashlar.policy.exposure.Facts.Relation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes the synthetic rows, as the role that is connected. What checks demand is found by trying.
final class RowMaker {
    /// Several columns with several values each make many combinations.
    private static final int MOST_TRIES = 300;

    /// Cursors that are opened by one message.
    private static final int CHUNK = 50;

    /// What the server calls it when a row fits no partition, or not the one it was meant for.
    private static final Set<String> NO_PARTITION =
            Set.of("ExecFindPartition", "ExecPartitionCheckEmitError");

    /// Tells the row that was made from what settings answer.
    private static final String MARK = "probe";

    private static final String KEPT_OUT =
            "no synthetic row could be made: a trigger keeps rows out";

    private static final String HASHED = "satisfies_hash_partition";

    private final Attempts attempts;
    private final WorldPlanner planner;
    private final Maker maker;
    private final Rows rows = new Rows();
    private final Map<Long, Map<String, Integer>> choices = new HashMap<>();
    private final Map<Long, List<String>> partitions = new HashMap<>();
    private int cursors;

    RowMaker(Attempts attempts, WorldPlanner planner, Maker maker) {
        this.attempts = attempts;
        this.planner = planner;
        this.maker = maker;
    }

    Rows make() throws SQLException {
        for (Relation table : planner.order()) {
            maker.outside(table)
                    .ifPresent(name ->
                            rows.refuse(
                                    table,
                                    "trigger %s reaches outside of the database, and fires for this login"
                                            .formatted(name)));
            List<World> worlds = planner.worlds(table);
            if (rows.refusal(table).isEmpty() && !makeAll(table, worlds)) {
                for (World world : worlds) {
                    make(table, world);
                }
            }
        }
        return rows;
    }

    /// All rows of a table in one message; false when any was refused, and so none is there.
    private boolean makeAll(Relation table, List<World> worlds) throws SQLException {
        List<SqlStatement> statements = new ArrayList<>();
        for (World world : worlds) {
            SqlStatement insert = insert(table, another(table, world));
            statements.addAll(List.of(maker.statements(table, world, insert)));
        }
        if (attempts.keep(statements.toArray(SqlStatement[]::new)) instanceof Attempt.Done done) {
            List<List<@Nullable String>> made =
                    done.rows().stream().filter(row -> MARK.equals(row.getFirst())).toList();
            for (int i = 0; i < made.size() && made.size() == worlds.size(); i++) {
                rows.add(row(table, worlds.get(i), made.get(i)));
            }
            if (made.size() != worlds.size()) {
                rows.refuse(table, KEPT_OUT);
            }
            return true;
        }
        return false;
    }

    /// What callers try to insert: values that were found to fit, with keys of their own.
    RowPlan another(Relation table, World world) {
        return planner.plan(table, world, chosen(table), checks(table), rows);
    }

    /// A row that is the caller's own by all that it says, and another's by who is said to have
    /// made it. Empty for variants whose own column is that one.
    Optional<RowPlan> forged(Relation table, int variant) {
        TableTraits traits = planner.traits(table);
        if (traits.ownParty(World.own(variant)).filter(traits.forgeable()::contains).isPresent()) {
            return Optional.empty();
        }
        RowPlan own = another(table, World.own(variant));
        RowPlan others = another(table, World.others(variant));
        Map<String, Optional<String>> values = new LinkedHashMap<>(own.values());
        traits.forgeable()
                .forEach(name ->
                        values.computeIfPresent(
                                name, (_, value) -> others.values().getOrDefault(name, value)));
        return Optional.of(new RowPlan(values, own.choices()));
    }

    private Map<String, Integer> chosen(Relation table) {
        return choices.computeIfAbsent(table.oid(), _ -> new HashMap<>());
    }

    private List<String> checks(Relation table) {
        return Stream.concat(
                        table.checks().stream(),
                        partitions.getOrDefault(table.oid(), List.of()).stream())
                .toList();
    }

    private void make(Relation table, World world) throws SQLException {
        if (rows.refusal(table).isPresent()) {
            return;
        }
        String reason = "no values were found that its constraints allow";
        for (int i = 0; i < MOST_TRIES; i++) {
            RowPlan plan = another(table, world);
            switch (attempts.keep(maker.statements(table, world, insert(table, plan)))) {
                case Attempt.Done done -> {
                    if (returned(done).isPresent()) {
                        rows.add(row(table, world, returned(done).get()));
                        return;
                    }
                    reason = KEPT_OUT;
                    i = MOST_TRIES;
                }
                case Attempt.Failed failed -> {
                    reason = failed.message();
                    if (!retry(table, plan, failed)) {
                        i = MOST_TRIES;
                    }
                }
            }
        }
        // One variant less shows less; no row of a holder shows nothing.
        if (world.variant() == 0 || rows.find(table.oid(), world).isEmpty()) {
            rows.refuse(table, "no synthetic row could be made: " + reason);
        }
    }

    static SqlStatement insert(Relation table, RowPlan plan) {
        SqlText sql = into(table, plan);
        sql.sql(" returning 'probe', tableoid::bigint, ctid");
        for (Column column : table.columns()) {
            sql.sql(", ").identifier(column.name()).sql("::text");
        }
        return sql.build();
    }

    static SqlText into(Relation table, RowPlan plan) {
        SqlText sql = new SqlText().sql("insert into ").qualified(table.schema(), table.name());
        if (plan.values().isEmpty()) {
            return sql.sql(" default values");
        }
        sql.sql(" (");
        boolean first = true;
        for (String column : plan.values().keySet()) {
            if (!first) {
                sql.sql(", ");
            }
            sql.identifier(column);
            first = false;
        }
        sql.sql(") overriding system value values (");
        first = true;
        for (Optional<String> value : plan.values().values()) {
            if (!first) {
                sql.sql(", ");
            }
            sql.parameter(value.orElse(null));
            first = false;
        }
        return sql.sql(")");
    }

    private static Optional<List<@Nullable String>> returned(Attempt.Done done) {
        return done.rows().stream().filter(row -> MARK.equals(row.getFirst())).findFirst();
    }

    private WorldRow row(Relation table, World world, List<@Nullable String> values) {
        Map<String, Optional<String>> named = new LinkedHashMap<>();
        for (int i = 0; i < table.columns().size(); i++) {
            named.put(table.columns().get(i).name(), Optional.ofNullable(values.get(i + 3)));
        }
        return new WorldRow(
                table,
                world,
                named,
                Long.parseLong(String.valueOf(values.get(1))),
                String.valueOf(values.get(2)),
                "probe_" + cursors++);
    }

    /// Whether another try may help, with other values for what was refused.
    private boolean retry(Relation table, RowPlan plan, Attempt.Failed failed) throws SQLException {
        if (NO_PARTITION.contains(failed.routine())) {
            if (!partitions.containsKey(table.oid())) {
                partitions.put(table.oid(), bounds(table));
                return true;
            }
            if (partitions.get(table.oid()).stream().anyMatch(each -> each.contains(HASHED))) {
                return true;
            }
        }
        if (failed.state().equals("42501")) {
            return maker.stepUp(table);
        }
        List<String> suspects =
                switch (failed.state()) {
                    case "23514" -> suspects(table, failed);
                    case "23502" -> List.of(failed.column());
                    case "23505", "23P01" -> keptApart(table, failed.constraint());
                    case "22P02",
                            "22007",
                            "22008",
                            "22003",
                            "22001",
                            "42804",
                            "22023",
                            "22P03",
                            "XX000" ->
                            table.columns().stream().map(Column::name).toList();
                    default -> List.of();
                };
        return advance(chosen(table), plan, suspects);
    }

    private List<String> suspects(Relation table, Attempt.Failed failed) throws SQLException {
        List<String> conditions =
                NO_PARTITION.contains(failed.routine())
                        ? checks(table)
                        : condition(table, failed.constraint());
        return table.columns().stream()
                .filter(column ->
                        (conditions.isEmpty() && !column.domainChecks().isEmpty())
                                || conditions.stream()
                                        .anyMatch(
                                                each -> WorldPlanner.mentions(each, column.name())))
                .map(Column::name)
                .toList();
    }

    /// Columns that an index goes by: itself, in an expression, or in its condition.
    private List<String> keptApart(Relation table, String index) throws SQLException {
        List<String> definition =
                texts(
                        new SqlText()
                                .sql(
                                        "select pg_catalog.pg_get_indexdef(i.indexrelid) from"
                                                + " pg_catalog.pg_index i join pg_catalog.pg_class c on"
                                                + " c.oid = i.indexrelid where i.indrelid = ")
                                .integer(table.oid())
                                .sql(" and c.relname = ")
                                .parameter(index)
                                .build());
        // Of a partition's index nothing is found by the name of its table.
        List<String> parts =
                definition.isEmpty()
                        ? Stream.concat(
                                        table.primaryKey().stream(),
                                        table.uniques().stream().flatMap(List::stream))
                                .toList()
                        : definition.stream()
                                .map(text -> text.substring(text.indexOf('(')))
                                .toList();
        return table.columns().stream()
                .map(Column::name)
                .filter(name -> parts.stream().anyMatch(part -> WorldPlanner.mentions(part, name)))
                .toList();
    }

    /// To the next combination of values, like the wheels of a meter; false after the last.
    private static boolean advance(
            Map<String, Integer> chosen, RowPlan plan, List<String> suspects) {
        for (String column : suspects) {
            int size = plan.choices().getOrDefault(column, 1);
            int next = chosen.getOrDefault(column, 0) + 1;
            chosen.put(column, next % size);
            if (next < size) {
                return true;
            }
        }
        return false;
    }

    /// What its partitions hold.
    private List<String> bounds(Relation table) throws SQLException {
        return texts(
                new SqlText()
                        .sql(
                                "select pg_catalog.pg_get_partition_constraintdef(relid) from"
                                        + " pg_catalog.pg_partition_tree(")
                        .integer(table.oid())
                        .sql(") where isleaf limit 50")
                        .build());
    }

    private List<String> condition(Relation table, String constraint) throws SQLException {
        return texts(
                new SqlText()
                        .sql(
                                "select pg_catalog.pg_get_expr(conbin, conrelid) from"
                                        + " pg_catalog.pg_constraint where conrelid = ")
                        .integer(table.oid())
                        .sql(" and conname = ")
                        .parameter(constraint)
                        .build());
    }

    private List<String> texts(SqlStatement query) throws SQLException {
        return attempts.keep(query) instanceof Attempt.Done done
                ? done.rows().stream()
                        .map(List::getFirst)
                        .filter(Objects::nonNull)
                        .map(String::valueOf)
                        .toList()
                : List.of();
    }

    /// Cursors that stand on the rows, so that callers can change a row that they may not read.
    void point() throws SQLException {
        List<WorldRow> all = rows.all();
        for (int from = 0; from < all.size(); from += CHUNK) {
            List<WorldRow> chunk = all.subList(from, Math.min(all.size(), from + CHUNK));
            if (attempts.keep(pointers(chunk)) instanceof Attempt.Failed) {
                for (WorldRow row : chunk) {
                    pointAt(row);
                }
            }
        }
    }

    private void pointAt(WorldRow row) throws SQLException {
        if (attempts.keep(pointers(List.of(row))) instanceof Attempt.Failed failed) {
            rows.refuse(
                    row.relation(), "the synthetic row could not be found: " + failed.message());
        }
    }

    private SqlStatement[] pointers(List<WorldRow> chunk) {
        List<SqlStatement> statements = new ArrayList<>();
        for (WorldRow row : chunk) {
            SqlStatement declare =
                    new SqlText()
                            .sql("declare ")
                            .identifier(row.cursor())
                            .sql(" no scroll cursor for select 1 from ")
                            .qualified(row.relation().schema(), row.relation().name())
                            .sql(" where tableoid = ")
                            .integer(row.table())
                            .sql(" and ctid = ")
                            .parameter(row.place())
                            .build();
            SqlStatement move = new SqlText().sql("move next in ").identifier(row.cursor()).build();
            statements.addAll(
                    List.of(maker.statements(row.relation(), row.world(), declare, move)));
        }
        return statements.toArray(SqlStatement[]::new);
    }
}
