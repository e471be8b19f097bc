package dev.ashlar.backend.postgres.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/// What appears in an exposed schema is closed until somebody opens it.
class ExposureIT {
    private DatabaseForTests database;

    @BeforeEach
    void start() {
        database = PostgresForTests.fresh();
        database.execute(
                "create schema hidden; create table hidden.source (x int);"
                        + " insert into hidden.source values (1);"
                        + " grant usage on schema hidden to anon");
    }

    @AfterEach
    void end() {
        database.drop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (x int); insert into t values (1)",
                "create unlogged table t (x int); insert into t values (1)",
                "create table t as select 1 as x",
                "select 1 as x into t",
                "create table t (like hidden.source); insert into t values (1)",
                "create table p (x int) partition by list (x);"
                        + " create table t partition of p for values in (1); insert into p values (1)",
                "create table p (x int); create table t () inherits (p); insert into t values (1)",
                "alter table hidden.source rename to t; grant select on hidden.t to anon;"
                        + " alter table hidden.t set schema public",
                "do $$ begin execute 'create table t as select 1 as x'; end $$",
                "create materialized view t as select 1 as x",
                "create view t as select * from hidden.source",
                "create table b as select 1 as x;"
                        + " create view t with (security_invoker = true) as select * from b"
            })
    void aNewRelationShowsNothing(String sql) throws SQLException {
        database.execute(sql);
        assertThat(rowsSeenByAnon("public.t")).isZero();
    }

    @Test
    void renamingASchemaIntoTheExposedOneClosesItsTables() throws SQLException {
        database.executeAs(
                "ashlar_admin",
                "alter schema public rename to old; grant select on hidden.source to anon;"
                        + " alter schema hidden rename to public");
        assertThat(rowsSeenByAnon("public.source")).isZero();
    }

    @Test
    void aPolicyOpensATable() throws SQLException {
        database.execute(
                "create table t as select 1 as x; create policy p on t for select to anon using (true)");
        assertThat(rowsSeenByAnon("public.t")).isOne();
    }

    @Test
    void whatWasDecidedStands() throws SQLException {
        database.execute(
                "create table t as select 1 as x; alter table t disable row level security;"
                        + " alter table t add column y int; comment on table t is 'open'");
        assertThat(rowsSeenByAnon("public.t")).isOne();
        database.execute(
                "create view v as select * from hidden.source; grant select on v to anon;"
                        + " create or replace view v as select * from hidden.source");
        assertThat(rowsSeenByAnon("public.v")).isOne();
    }

    @Test
    void aViewThatLosesItsInvokerIsClosedAgain() throws SQLException {
        database.execute(
                "create table t as select 1 as x;"
                        + " create view v with (security_invoker = true) as select * from t;"
                        + " create or replace view v as select * from t");
        assertThat(rowsSeenByAnon("public.v")).isZero();
    }

    @Test
    void nobodyIsGivenTruncate() {
        database.execute("create table t as select 1 as x");
        assertThatThrownBy(() -> database.executeAs("authenticator", "set role anon; truncate t"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void revokingFromPublicClosesAFunction() {
        database.execute(
                "create function f() returns int language sql return 1;"
                        + " revoke execute on function f() from public");
        assertThatThrownBy(() -> database.executeAs("authenticator", "set role anon; select f()"))
                .hasMessageContaining("permission denied");
        database.executeAs("authenticator", "set role service_role; select f()");
    }

    @Test
    void tablesElsewhereAndTemporaryOnesAreLeftAlone() {
        database.execute("create table hidden.t (x int)");
        assertThat(
                        database.ask(
                                "select relrowsecurity from pg_class where oid = 'hidden.t'::regclass"))
                .isEqualTo("f");
        database.execute(
                "create temp table t as select 1 as x; do $$ begin"
                        + " if (select relrowsecurity from pg_class where oid = 't'::regclass) then"
                        + " raise exception 'closed'; end if; end $$");
    }

    @Test
    void anExposedSchemaClosesWhatComesAndKeepsWhatWasThere(@TempDir Path none) {
        Migrations.embedded(
                        database.address("ashlar_admin"),
                        Map.of("postgres", database.address("postgres").password()),
                        none)
                .up(List.of("public", "hidden"), _ -> {});
        database.execute(
                "create table hidden.t (x int); alter table hidden.source add column y int");
        String closed = "select relrowsecurity from pg_class where oid = '%s'::regclass";
        assertThat(database.ask(closed.formatted("hidden.t"))).isEqualTo("t");
        assertThat(database.ask(closed.formatted("hidden.source"))).isEqualTo("f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (x int)",
                "alter table hidden.source add column y int",
                "create view v as select 1 as x",
                "create function f() returns int language sql return 1",
                "comment on table hidden.source is 'x'",
                "grant select on hidden.source to anon",
                "create policy p on hidden.source using (true)",
                "create unique index on hidden.source (x)",
                "drop table hidden.source"
            })
    void changesAreAnnounced(String sql) throws SQLException {
        assertThat(announced(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create temp table t (x int)",
                "create temp table t (x int); drop table t",
                "insert into hidden.source values (2)"
            })
    void theRestIsNot(String sql) throws SQLException {
        assertThat(announced(sql)).isFalse();
    }

    private boolean announced(String sql) throws SQLException {
        try (Connection listener = JdbcConnections.open(database.authenticator(), "listener");
                Statement statement = listener.createStatement()) {
            statement.execute("listen pgrst");
            database.execute(sql);
            // A round trip brings what the server has queued for us.
            statement.execute("select 1");
            return listener.unwrap(PGConnection.class).getNotifications(200).length > 0;
        }
    }

    /// Refused counts as nothing seen.
    private long rowsSeenByAnon(String relation) throws SQLException {
        try (Connection connection = JdbcConnections.open(database.authenticator(), "test");
                Statement statement = connection.createStatement()) {
            statement.execute("set role anon");
            try (ResultSet rows = statement.executeQuery("select count(*) from " + relation)) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("permission denied");
            return 0;
        }
    }
}
