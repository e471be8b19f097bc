package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.embedded.EmbeddedPostgres;
import dev.ashlar.backend.postgres.catalog.CatalogLoader;
import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.backend.postgres.json.JsonTree;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.catalog.Catalog;
import dev.ashlar.face.rest.PlannedRequest;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.plan.Plan;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Both ways of reading embeds give the same bytes: those of `jsonb` that the database makes, and
/// those made of the rows of all levels.
class TreeReadIT {
    private static final long SEED = 20_261_127;

    private static final String PARALLEL =
            "set debug_parallel_query = on; set parallel_setup_cost = 0;"
                    + " set parallel_tuple_cost = 0; set min_parallel_table_scan_size = 0;"
                    + " set min_parallel_index_scan_size = 0;"
                    + " set max_parallel_workers_per_gather = 4";

    /// Names that an alias can have in a request, longer and shorter ones mixed.
    private static final String TREE =
            """
            alter table public.typed add column key serial primary key;
            create table public.branches (
              id int primary key,
              parent int references public.branches,
              flag boolean,
              "größe ""in"" m" text,
              born timestamptz);
            insert into public.branches
              select n, nullif(n / 3, 0), n % 3 = 0, case when n % 4 > 0 then 'b "' || n end,
                '2026-01-01 00:00:00+00'::timestamptz + n * interval '1 hour'
              from generate_series(1, 60) n;
            create table public.leaves (
              id int primary key,
              branch int references public.branches,
              typed int references public.typed,
              weight float8, price numeric, code char(5), sign "char", note json, data jsonb,
              tags text[], host inet, text xml);
            insert into public.leaves
              select n, 1 + (n * 7) % 40, nullif(1 + n % 90, 1), 1e15 * n, n * 1.10, 'c' || n,
                chr(65 + n % 60)::"char",
                case n % 3 when 0 then '{"b" :  1e3, "a":[1 ,2]}' when 1 then '"x"' end::json,
                case n % 4 when 0 then '{"b" :  1e3, "a":[1 ,2]}' when 1 then '[]' end::jsonb,
                case when n % 5 > 0 then array['x', n::text] end, '10.0.0.1', '<a/>'
              from generate_series(1, 150) n;
            create table public.bugs (id int primary key, name text, home int references public.leaves);
            insert into public.bugs select n, 'bug\t' || n, nullif(n % 120, 0)
              from generate_series(1, 200) n;
            create table public.visits (
              id serial, bug int references public.bugs, branch int references public.branches,
              primary key (bug, branch, id));
            -- The same pair more than once.
            insert into public.visits (bug, branch) select 1 + n % 50, 1 + n % 17
              from generate_series(1, 900) n;
            insert into public.visits (bug, branch) select 3, 4 from generate_series(1, 60) n;
            create table public.passports (
              bug int primary key references public.bugs, number text);
            insert into public.passports select n, 'P' || n from generate_series(1, 200, 2) n;
            create function public.shout(public.bugs) returns text language sql stable
              as $$ select upper($1.name) || '!' $$;
            create function public.measure(public.bugs) returns jsonb language sql stable
              as $$ select jsonb_build_object('id', $1.id) $$;
            analyze;
            """;

    private static DatabaseForTests database;
    private static Catalog catalog;

    @BeforeAll
    static void fill() {
        database = PostgresForTests.fresh();
        TypedTable table = new TypedTable(new Random(SEED));
        database.executeAs(EmbeddedPostgres.SUPERUSER, TypedTable.TYPES);
        database.executeAs(EmbeddedPostgres.SUPERUSER, table.create());
        table.inserts(200)
                .forEach(insert -> database.executeAs(EmbeddedPostgres.SUPERUSER, insert));
        database.executeAs(EmbeddedPostgres.SUPERUSER, TREE);
        catalog =
                new CatalogLoader(database.authenticator(), List.of("public"), List.of("public"))
                        .load();
    }

    static List<String> targets() {
        return List.of(
                "/branches?select=*,leaves(*)&order=id&leaves.order=id",
                "/branches?select=id,leaves(id,bugs(id,name))&order=id&leaves.order=id.desc"
                        + "&leaves.bugs.order=name",
                // What belongs behind the inner array, and before it.
                "/branches?select=leaves(zz:id,longer_name:code,bugs(id),a:weight,note),id"
                        + "&order=id&leaves.order=id&leaves.bugs.order=id",
                // Siblings on both levels.
                "/branches?select=id,leaves(id,bugs(name,id,visits(id),passports(*))),visits(id)"
                        + "&order=id&leaves.order=id&leaves.bugs.order=id&visits.order=id"
                        + "&leaves.bugs.visits.order=id",
                // Of nothing else.
                "/branches?select=leaves(bugs(id))&order=id&leaves.order=id&leaves.bugs.order=id",
                "/branches?select=leaves(id)&order=id&leaves.order=id",
                "/branches?select=leaves(visitors:bugs(visits(branches(id))))&order=id"
                        + "&leaves.order=id&leaves.visitors.order=id"
                        + "&leaves.visitors.visits.order=id",
                // To one.
                "/leaves?select=*,branches(*)&order=id",
                "/leaves?select=id,branches(*),typed(key,c_text)&order=id",
                "/leaves?select=id,branches(id,parent:branches!parent(id,flag))&order=id",
                "/bugs?select=name,leaves(code,branches(born,flag,id))&order=id",
                "/bugs?select=id,passports(number,bugs(name))&order=id",
                // An array inside one, behind what it has itself, and nothing where it is not
                // there.
                "/bugs?select=id,leaves(id,code,bugs(id))&order=id&leaves.bugs.order=id",
                "/bugs?select=id,leaves(zzzzzz:code,bugs(id),a:id,branches(id,leaves(id)))&order=id"
                        + "&leaves.bugs.order=id&leaves.branches.leaves.order=id",
                "/bugs?select=id,passports(number,bugs(name,visits(id))),visits(id)&order=id"
                        + "&passports.bugs.visits.order=id&visits.order=id",
                // Through a junction; the same more than once.
                "/bugs?select=id,branches(id,flag)&order=id&branches.order=id",
                "/bugs?select=id,branches(id,leaves(id,code))&order=id&branches.order=id"
                        + "&branches.leaves.order=id",
                "/branches?select=id,bugs(id,name,passports(number),leaves(id))&order=id"
                        + "&bugs.order=id",
                "/branches?select=id,bugs(id,visits(id))&order=id&bugs.order=id"
                        + "&bugs.visits.order=id",
                // Of the same table.
                "/branches?select=id,below:branches!parent(id,below:branches!parent(id,born))"
                        + "&order=id&below.order=id&below.below.order=id",
                "/branches?select=id,above:parent(id,above:parent(id,above:parent(id)))&order=id",
                // Conditions, pages.
                "/branches?select=id,leaves(id,bugs(id))&order=id.desc&limit=7&offset=3"
                        + "&leaves.order=id&leaves.limit=2&leaves.offset=1&leaves.bugs.order=id.desc"
                        + "&leaves.bugs.limit=1",
                "/branches?select=id,leaves(id,bugs(id))&order=id&leaves.id=gt.30&id=lt.30"
                        + "&leaves.or=(code.eq.c33,weight.gt.4e16)&leaves.bugs.name=like.*9*"
                        + "&leaves.order=id&leaves.bugs.order=id",
                "/branches?select=id,leaves(id)&order=id&leaves.limit=0",
                "/branches?select=id,leaves(id)&id=eq.-1",
                "/branches?select=id,leaves(id)&order=id&leaves.id=eq.-1",
                "/leaves?select=id,branches(id)&order=id&branches.flag=is.true",
                "/leaves?select=id,branches!inner(id)&order=id&branches.flag=is.true",
                "/leaves?select=id,branches!inner(id),bugs(id)&order=id&branches.flag=is.true"
                        + "&bugs.order=id",
                "/leaves?select=id,branches!inner(),bugs(id)&order=id&branches.flag=is.true"
                        + "&bugs.order=id",
                "/leaves?select=id,branches(id),bugs(id)&order=id&branches=not.is.null"
                        + "&branches.flag=is.true&bugs.order=id",
                "/leaves?select=id,branches(id)&order=id&branches=is.null&branches.flag=is.true",
                "/leaves?select=id,branches(flag)&order=branches(born).desc,id",
                "/leaves?select=id,branches(flag),bugs(id)&order=branches(born).desc,id"
                        + "&bugs.order=id",
                "/branches?select=id,leaves(id,branches(id),bugs(id))&order=id"
                        + "&leaves.order=branches(id),id.desc&leaves.bugs.order=id",
                // Places in documents, casts, computed.
                "/branches?select=id,leaves(note->a,b:note->b,c:data->>b,d:data->a->0,e:tags->>0,id)"
                        + "&order=id&leaves.order=id",
                "/bugs?select=id,leaves(note->a,b:note->b,c:data->>b,d:data->a->0,e:tags->>0)&order=id",
                "/branches?select=id,flag::text,leaves(price::text,weight::text,id::bigint,tags::text,"
                        + "id2:id::varchar,code::text)&order=id&leaves.order=id",
                "/bugs?select=id,shout,measure,visits(id)&order=id&visits.order=id",
                "/leaves?select=id,bugs(id,shout,measure)&order=id&bugs.order=id");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void embeds(String target) throws SQLException {
        same("select 1", target);
    }

    /// However the rows are found, those inside a row come behind it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "set enable_nestloop = off",
                "set enable_nestloop = off; set enable_hashjoin = off",
                "set enable_nestloop = off; set enable_mergejoin = off",
                "set enable_nestloop = off; set enable_mergejoin = off; set work_mem = '64kB';"
                        + " set enable_hashagg = off",
                "set enable_indexscan = off; set enable_bitmapscan = off",
                "set enable_seqscan = off; set enable_sort = off",
                "set enable_memoize = off; set enable_material = off",
                "set join_collapse_limit = 1; set from_collapse_limit = 1",
                "set geqo_threshold = 2; set geqo_seed = 0.3",
                "set jit_above_cost = 0",
                PARALLEL,
            })
    void awkwardPlans(String settings) throws SQLException {
        for (String target : targets()) {
            same(settings, target);
        }
    }

    /// Rows that nobody put in order could be joined in any, once their level were taken apart:
    /// each must still have its own inside it, and the same row, met twice, each time.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "set enable_nestloop = off",
                "set enable_nestloop = off; set enable_hashjoin = off",
                "set enable_nestloop = off; set enable_mergejoin = off; set work_mem = '64kB'",
                "set join_collapse_limit = 1",
            })
    void rowsInNoOrder(String settings) throws SQLException, MalformedJsonException {
        for (String target :
                List.of(
                        "/branches?select=id,bugs(id,visits(id))",
                        "/branches?select=id,bugs(id,visits(id))&id=eq.4&bugs.id=eq.3",
                        "/branches?select=id,bugs(id,leaves(id,bugs(id)))&id=eq.4&bugs.id=eq.3",
                        "/branches?select=id,bugs(id,passports(number),visits(id))",
                        "/bugs?select=id,branches(id,leaves(id),visits(id))",
                        "/bugs?select=id,leaves(id,code,bugs(id))",
                        "/leaves?select=id,branches!inner(id),bugs(id,visits(id,branches(id)))")) {
            Plan.Read plan = plan(target);
            try (Connection connection = open();
                    Statement statement = connection.createStatement()) {
                statement.execute(settings);
                String here = tree(statement, TreeRead.find(plan).orElseThrow());
                assertThat(sorted(Json.parse(here)))
                        .as(settings + ' ' + target)
                        .isEqualTo(sorted(Json.parse(aggregated(statement, plan))));
            }
        }
    }

    private static String sorted(JsonValue value) {
        return switch (value) {
            case JsonArray(List<JsonValue> elements) ->
                    elements.stream()
                            .map(TreeReadIT::sorted)
                            .sorted()
                            .collect(Collectors.joining(",", "[", "]"));
            case JsonObject(Map<String, JsonValue> members) ->
                    members.entrySet().stream()
                            .map(member -> member.getKey() + ':' + sorted(member.getValue()))
                            .collect(Collectors.joining(",", "{", "}"));
            default -> Json.write(value);
        };
    }

    @Test
    void nothingIsDoneInParallel() throws SQLException {
        String guard = " WHERE (TRUE OR pg_catalog.set_config('', '', TRUE) IS NULL)";
        SqlStatement written =
                TreeRead.find(plan("/branches?select=id,leaves(id,bugs(id))"))
                        .orElseThrow()
                        .statement();
        assertThat(written.text()).endsWith(guard);
        String without = written.text().substring(0, written.text().length() - guard.length());
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute(PARALLEL);
            assertThat(explained(statement, without)).contains("Gather");
            assertThat(explained(statement, written.text())).doesNotContain("Gather", "set_config");
        }
    }

    private static String explained(Statement statement, String text) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (ResultSet lines = statement.executeQuery("explain (verbose) " + text)) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "set timezone = 'America/St_Johns'",
                "set timezone = 'Asia/Kathmandu'",
                "set intervalstyle = 'iso_8601'",
                "set intervalstyle = 'sql_standard'",
                "set bytea_output = 'escape'",
                "set extra_float_digits = 0",
                "set extra_float_digits = -10",
                "set datestyle = 'ISO, DMY'",
                "set xmlbinary = 'hex'",
                "set quote_all_identifiers = on",
                "set search_path = ''",
            })
    void valuesOfAllTypes(String setting) throws SQLException {
        // As an element of an array, as the one, both among others, and on the outermost level.
        same(setting, "/branches?select=id,leaves(id,typed(*))&order=id&leaves.order=id&limit=20");
        same(setting, "/leaves?select=id,typed(*)&order=id");
        same(setting, "/typed?select=*,leaves(id,bugs(id))&order=key&leaves.order=id");
        same(
                setting,
                "/typed?select=*,leaves(id,typed(*,leaves(id)))&order=key&limit=20"
                        + "&leaves.order=id&leaves.typed.leaves.order=id");
    }

    @Test
    void oddNames() throws SQLException {
        String name = encoded("\"größe \\\"in\\\" m\"");
        same(
                "select 1",
                "/branches?select="
                        + name
                        + ",id,l:leaves(id,"
                        + encoded("größe")
                        + ":code,"
                        + "b:branches("
                        + name
                        + ",id))&order=id&l.order=id");
    }

    /// What the old way has to do, or the flat one.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/leaves?select=id,branches!inner()&branches.flag=is.true",
                "/leaves?select=id,branches()",
                "/leaves?select=id,bugs()",
                "/leaves?select=id",
                "/branches?select=id,leaves!inner(id)",
                "/branches?select=id,leaves(id)&leaves=not.is.null",
                "/branches?select=id,leaves(id,bugs!inner(id))",
                "/leaves?select=id,...branches(flag)",
                "/leaves?select=id,bugs(...visits(x:id))",
                "/branches?select=flag,leaves(count())",
                "/branches?select=id,leaves(id,id:code)",
                "/branches?select=leaves:id,leaves(id)",
                // Rows of some levels would be mostly room for those of others.
                "/branches?select=id,leaves(id,typed(*))",
            })
    void others(String target) {
        assertThat(TreeRead.find(plan(target))).isEmpty();
    }

    @Test
    void namesThatTheDatabaseWouldCut() {
        String name = "x".repeat(64);
        assertThat(TreeRead.find(plan("/branches?select=id,leaves(" + name + ":id)"))).isEmpty();
        assertThat(TreeRead.find(plan("/branches?select=id," + name + ":leaves(id)"))).isEmpty();
        assertThat(TreeRead.find(plan("/branches?select=" + name + ":id,leaves(id)"))).isEmpty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Plan.Read plan(String target) {
        return PlannedRequest.read(target.replace(" ", "%20"), catalog);
    }

    private static void same(String setting, String target) throws SQLException {
        Plan.Read plan = plan(target);
        Optional<TreeRead> tree = TreeRead.find(plan, Integer.MAX_VALUE);
        assertThat(tree).as("can be read as rows: " + target).isPresent();
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(setting);
            assertThat(tree(statement, tree.get()))
                    .as(setting + ' ' + target)
                    .isEqualTo(aggregated(statement, plan));
        }
    }

    private static String aggregated(Statement statement, Plan.Read plan) throws SQLException {
        try (ResultSet rows = executed(statement, PlanSql.of(plan, Telling.NOTHING))) {
            rows.next();
            return rows.getString(1 + PlanSql.BODY);
        }
    }

    /// Without prepared statements of its own the driver gets text, and gives it as it came.
    private static String tree(Statement statement, TreeRead tree) throws SQLException {
        JsonTree json = new JsonTree(tree.shape(), tree.form(), Long.MAX_VALUE);
        try (ResultSet rows = executed(statement, tree.statement())) {
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
        json.end();
        return json.body().toString(StandardCharsets.UTF_8);
    }

    private static ResultSet executed(Statement statement, SqlStatement written)
            throws SQLException {
        statement.execute("deallocate all");
        statement.execute("prepare read as " + written.text());
        String values =
                written.parameters().stream()
                        .map(value -> '\'' + String.valueOf(value).replace("'", "''") + '\'')
                        .collect(Collectors.joining(", "));
        return statement.executeQuery(
                "execute read" + (values.isEmpty() ? "" : " (" + values + ')'));
    }

    private static Connection open() throws SQLException {
        return JdbcConnections.open(database.jdbc(), "ashlar-test");
    }
}
