package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.embedded.EmbeddedPostgres;
import dev.ashlar.backend.postgres.catalog.CatalogLoader;
import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.backend.postgres.json.JsonRows;
import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Table;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Format.Nulls;
import dev.ashlar.intent.Format.Rows;
import dev.ashlar.intent.Page;
import dev.ashlar.plan.CastType;
import dev.ashlar.plan.Plan;
import dev.ashlar.plan.ReadNode;
import dev.ashlar.plan.ReadNode.Grouping;
import dev.ashlar.plan.ReadNode.Output;
import dev.ashlar.plan.ReadNode.Value;
import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Predicate;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Both ways of reading give the same bytes: `json_agg`'s, and those made of the columns' text.
class FlatReadIT {
    private static final long SEED = 20_261_126;

    private static DatabaseForTests database;
    private static Catalog catalog;

    @BeforeAll
    static void fill() {
        database = PostgresForTests.fresh();
        TypedTable table = new TypedTable(new Random(SEED));
        database.executeAs(EmbeddedPostgres.SUPERUSER, TypedTable.TYPES);
        database.executeAs(EmbeddedPostgres.SUPERUSER, table.create());
        table.inserts(400)
                .forEach(insert -> database.executeAs(EmbeddedPostgres.SUPERUSER, insert));
        catalog =
                new CatalogLoader(database.authenticator(), List.of("public"), List.of("public"))
                        .load();
    }

    /// A type that a new version of PostgreSQL brings is noticed.
    @Test
    void everyTypeOfTheServersIsTried() throws SQLException {
        List<String> missing = new ArrayList<>();
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet types =
                        statement.executeQuery(
                                """
                                select typname from pg_catalog.pg_type t
                                where typnamespace = 'pg_catalog'::regnamespace and typtype in ('b', 'r', 'm')
                                  and not exists (select from pg_catalog.pg_attribute a
                                                  where a.attrelid = 'public.typed'::regclass and a.atttypid = t.oid)
                                  and not exists (select from pg_catalog.pg_type e where e.typarray = t.oid)
                                """)) {
            while (types.next()) {
                missing.add(types.getString(1));
            }
        }
        assertThat(missing).containsExactlyInAnyOrderElementsOf(TypedTable.WITHOUT_VALUES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "set timezone = 'America/St_Johns'",
                "set timezone = 'Europe/Amsterdam'",
                "set timezone = 'Asia/Kathmandu'",
                "set intervalstyle = 'iso_8601'",
                "set intervalstyle = 'sql_standard'",
                "set intervalstyle = 'postgres_verbose'",
                "set bytea_output = 'escape'",
                "set extra_float_digits = 0",
                "set extra_float_digits = -10",
                "set extra_float_digits = 3",
                "set datestyle = 'ISO, DMY'",
                "set xmlbinary = 'hex'",
                "set lc_monetary = 'C'",
                "set quote_all_identifiers = on",
                "set search_path = ''",
            })
    void allColumns(String setting) throws SQLException {
        same(setting, plan("typed", Rows.ANY, List.of(new ReadNode.AllColumns())));
    }

    @Test
    void oneRow() throws SQLException {
        same("select 1", plan("one", Rows.ONE, List.of(new ReadNode.AllColumns())));
    }

    @Test
    void noRows() throws SQLException {
        same("select 1", plan("none", Rows.ANY, List.of(new ReadNode.AllColumns())));
    }

    @Test
    void placesInJsonAndCasts() throws SQLException {
        Table table = table("typed");
        List<Output> outputs = new ArrayList<>();
        for (String column : List.of("c_json", "c_jsonb", "c_integer[]", "c_public.pair")) {
            Operand operand = Operand.of(table.findColumn(column).orElseThrow());
            for (int index : new int[] {0, 1, -1}) {
                outputs.add(value(operand, new Operand.Index(index, false), outputs.size()));
                outputs.add(value(operand, new Operand.Index(index, true), outputs.size()));
            }
        }
        for (String cast : List.of("text", "varchar", "text[]")) {
            outputs.add(
                    new Value(
                            Operand.of(table.findColumn("c_text[]").orElseThrow()),
                            "cast to " + cast,
                            CastType.of(cast)));
        }
        same("select 1", plan("typed", Rows.ANY, outputs));
    }

    /// Until the catalog is read again, columns may be of other types than it says: what comes is
    /// JSON all the same.
    @Test
    void aTypeThatChangedSinceIsJsonAllTheSame() throws SQLException {
        FlatRead flat =
                FlatRead.find(plan("changing", Rows.ANY, List.of(new ReadNode.AllColumns())))
                        .orElseThrow();
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    alter table public.changing alter n type text using '1, "x": 2',
                      alter flag type text using '"', alter j type text using '{"a": 1}',
                      alter at type text using '12 " +0'
                    """);
            assertThat(flat(statement, flat))
                    .isEqualTo(
                            "[{\"n\":\"1, \\\"x\\\": 2\",\"flag\":\"\\\"\",\"j\":{\"a\": 1},"
                                    + "\"at\":\"12T\\\" +0\"}]");
        }
    }

    private static Value value(Operand operand, Operand.Step step, int number) {
        return new Value(
                new Operand(operand.column(), null, List.of(step), null), "v" + number, null);
    }

    private static Table table(String name) {
        return catalog.findTable(new QualifiedName("public", name)).orElseThrow();
    }

    private static Plan.Read plan(String table, Rows rows, List<Output> outputs) {
        return new Plan.Read(
                new ReadNode(
                        table(table),
                        outputs,
                        List.of(),
                        Predicate.always(),
                        Grouping.NONE,
                        List.of(),
                        Page.ALL),
                new Answer(
                        Answer.Returning.ROWS,
                        Answer.Count.NONE,
                        new Format.Json(rows, Nulls.KEPT)),
                null,
                0);
    }

    private static void same(String setting, Plan.Read plan) throws SQLException {
        FlatRead flat = FlatRead.find(plan).orElseThrow();
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(setting);
            String here = flat(statement, flat);
            String there;
            try (ResultSet rows =
                    statement.executeQuery(PlanSql.of(plan, Telling.NOTHING).text())) {
                rows.next();
                there = rows.getString(1 + PlanSql.BODY);
            }
            assertThat(here.lines().toList())
                    .as(setting)
                    .isEqualTo(there == null ? List.of("null") : there.lines().toList());
            assertThat(here).isEqualTo(there == null ? "null" : there);
        }
    }

    /// Without prepared statements the driver gets text, and gives it as it came.
    private static String flat(Statement statement, FlatRead flat) throws SQLException {
        assertThat(flat.counted()).isEqualTo(FlatRead.Counted.NO);
        JsonRows json = new JsonRows(flat.shape(), flat.form(), Long.MAX_VALUE);
        try (ResultSet rows = statement.executeQuery(flat.statement().text())) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                ByteBuf row = Unpooled.buffer().writeShort(columns);
                for (int i = 1; i <= columns; i++) {
                    String value = rows.getString(i);
                    byte[] text =
                            value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
                    row.writeInt(value == null ? -1 : text.length).writeBytes(text);
                }
                json.row(row);
            }
        }
        return json.body().toString(StandardCharsets.UTF_8);
    }

    private static Connection open() throws SQLException {
        return JdbcConnections.open(database.jdbc(), "ashlar-test");
    }
}
