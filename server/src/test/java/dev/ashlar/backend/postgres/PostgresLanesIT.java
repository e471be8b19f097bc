package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Role;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Statements run as who asks, and one does not wait for another.
class PostgresLanesIT {
    private static final Caller ALICE = LaneFixtures.user("alice");
    private static final SqlStatement WHO =
            SqlText.of(
                    "select current_user::text, current_setting('request.jwt.claims', true),"
                            + " pg_backend_pid()::bigint");

    private DatabaseForTests database;
    private Vertx vertx;
    private PostgresLanes lanes;

    @BeforeEach
    void open() {
        database = PostgresForTests.fresh();
        database.execute(
                """
                create table item (id int primary key, name text);
                create policy open on item using (true) with check (true);
                insert into item values (1, 'one');
                """);
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        lanes = open(LaneFixtures.config());
    }

    @AfterEach
    void close() {
        LaneFixtures.await(lanes.close());
        LaneFixtures.await(vertx.close());
    }

    private PostgresLanes open(PostgresConfig config) {
        return PostgresLanes.open(vertx, database.authenticator(), config);
    }

    @Test
    void aReadSeesTheCallersRoleAndClaimsOnEveryLane() {
        for (ReadMode mode : ReadMode.values()) {
            for (int i = 0; i < 5; i++) {
                assertThat(who(LaneFixtures.ANONYMOUS, mode)).isEqualTo("anon {}");
                assertThat(who(ALICE, mode)).isEqualTo("authenticated {\"sub\":\"alice\"}");
            }
            // Which reads open a shared connection depends on how fast the first ones came back.
            LaneFixtures.eventually(() -> {
                who(LaneFixtures.ANONYMOUS, mode);
                who(ALICE, mode);
                return lanes.readConnections() > 1;
            });
        }
        LaneFixtures.warm(lanes, WHO, LaneFixtures.bearer(Role.SERVICE, "{}"));
        assertThat(who(LaneFixtures.ANONYMOUS, ReadMode.ROWS)).isEqualTo("anon {}");
        assertThat(who(ALICE, ReadMode.ROWS)).isEqualTo("authenticated {\"sub\":\"alice\"}");
    }

    @Test
    void withoutPreparedStatementsASessionKeepsNothing() {
        LaneFixtures.await(lanes.close());
        lanes = open(LaneFixtures.withoutPreparedStatements());
        SqlStatement kept =
                SqlText.of(
                        "select (select count(*) from pg_prepared_statements)::text,"
                                + " current_setting('default_transaction_read_only')");
        assertThat(LaneFixtures.await(lanes.ready())).isTrue();
        for (int i = 0; i < 5; i++) {
            assertThat(who(LaneFixtures.ANONYMOUS, ReadMode.ROWS)).isEqualTo("anon {}");
            assertThat(who(ALICE, ReadMode.CALL)).isEqualTo("authenticated {\"sub\":\"alice\"}");
            LaneRow row = LaneFixtures.await(lanes.read(kept, ALICE, ReadMode.ROWS)).row();
            assertThat(row.text(0) + " " + row.text(1)).isEqualTo("0 off");
        }
        assertThat(lanes.readConnections()).isZero();
    }

    @Test
    void aReadCannotWrite() {
        SqlStatement insert = SqlText.of("insert into item values (2, 'two')");
        assertThat(LaneFixtures.sqlState(lanes.read(insert, ALICE, ReadMode.ROWS)))
                .isEqualTo("25006");
        LaneFixtures.warm(lanes, WHO, ALICE);
        assertThat(LaneFixtures.sqlState(lanes.read(insert, ALICE, ReadMode.CALL)))
                .isEqualTo("25006");
    }

    @Test
    void aRoleThatTheLoginMayNotTakeIsTheDatabasesRefusal() {
        Caller nobody = LaneFixtures.bearer(new Role("nobody_at_all"), "{}");
        Caller owner = LaneFixtures.bearer(new Role("postgres"), "{}");
        LaneFixtures.warm(lanes, WHO, ALICE);
        int connections = lanes.readConnections();
        for (int i = 0; i < 5; i++) {
            assertThat(LaneFixtures.sqlState(lanes.read(WHO, nobody, ReadMode.ROWS)))
                    .isEqualTo("22023");
            assertThat(LaneFixtures.sqlState(lanes.read(WHO, owner, ReadMode.ROWS)))
                    .isEqualTo("42501");
            assertThat(LaneFixtures.sqlState(lanes.write(WHO, owner))).isEqualTo("42501");
        }
        // One that is still being opened counts until the server has refused its role.
        LaneFixtures.eventually(() -> lanes.readConnections() == connections);
    }

    @Test
    void aRefusalSaysWhetherTheCallerIsAnonymous() {
        SqlStatement denied = SqlText.of("select count(*) from auth.users");
        assertThat(LaneFixtures.problem(lanes.read(denied, LaneFixtures.ANONYMOUS, ReadMode.ROWS)))
                .isInstanceOfSatisfying(
                        DataProblem.Rejected.class,
                        rejected -> {
                            assertThat(rejected.sqlState()).isEqualTo("42501");
                            assertThat(rejected.anonymous()).isTrue();
                        });
        assertThat(LaneFixtures.problem(lanes.read(denied, ALICE, ReadMode.ROWS)))
                .isInstanceOfSatisfying(
                        DataProblem.Rejected.class,
                        rejected -> assertThat(rejected.anonymous()).isFalse());
    }

    @Test
    void aSlowReadKeepsNobodyWaiting() {
        LaneFixtures.warm(lanes, WHO, ALICE);
        SqlStatement variable = SqlText.of("select pg_sleep($1::text::float)::text", "0");
        for (int i = 0; i < 10; i++) {
            LaneFixtures.await(lanes.read(variable, ALICE, ReadMode.ROWS));
        }
        Future<LaneResult> slow =
                lanes.read(
                        SqlText.of("select pg_sleep($1::text::float)::text", "2"),
                        ALICE,
                        ReadMode.ROWS);
        sleep(120);
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            LaneFixtures.await(lanes.read(WHO, ALICE, ReadMode.ROWS));
        }
        assertThat(slow.isComplete()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        LaneFixtures.await(slow);
    }

    @Test
    void aStatementPastTheTimeLimitIsCancelled() {
        PostgresLanes impatient =
                open(LaneFixtures.config(2, Duration.ofSeconds(5), Duration.ofMillis(200)));
        SqlStatement variable = SqlText.of("select pg_sleep($1::text::float)::text", "0");
        for (int i = 0; i < 10; i++) {
            LaneFixtures.await(impatient.read(variable, ALICE, ReadMode.ROWS));
            LaneFixtures.await(impatient.read(variable, LaneFixtures.ANONYMOUS, ReadMode.ROWS));
            LaneFixtures.await(impatient.write(variable, ALICE));
        }
        SqlStatement slow = SqlText.of("select pg_sleep($1::text::float)::text", "5");
        assertThat(LaneFixtures.sqlState(impatient.read(slow, ALICE, ReadMode.ROWS)))
                .isEqualTo("57014");
        assertThat(
                        LaneFixtures.sqlState(
                                impatient.read(slow, LaneFixtures.ANONYMOUS, ReadMode.ROWS)))
                .isEqualTo("57014");
        assertThat(LaneFixtures.sqlState(impatient.write(slow, ALICE))).isEqualTo("57014");
        LaneFixtures.await(impatient.close());
    }

    @Test
    void anonymousCallersHaveLessTime() {
        PostgresLanes patient =
                open(LaneFixtures.config(2, Duration.ofSeconds(5), Duration.ofSeconds(20)));
        SqlStatement lengthy = SqlText.of("select pg_sleep($1::text::float)::text", "3");
        assertThat(
                        LaneFixtures.sqlState(
                                patient.read(lengthy, LaneFixtures.ANONYMOUS, ReadMode.ROWS)))
                .isEqualTo("57014");
        LaneFixtures.await(patient.read(lengthy, ALICE, ReadMode.ROWS));
        LaneFixtures.await(patient.close());
    }

    @Test
    void waitingForAConnectionEnds() {
        PostgresLanes narrow =
                open(LaneFixtures.config(1, Duration.ofMillis(200), Duration.ofSeconds(5)));
        Future<LaneResult> holder =
                narrow.read(SqlText.of("select pg_sleep(1)::text"), ALICE, ReadMode.ROWS);
        sleep(50);
        assertThat(LaneFixtures.problem(narrow.read(WHO, ALICE, ReadMode.ROWS)))
                .isEqualTo(new DataProblem.Busy());
        LaneFixtures.await(holder);
        assertThat(LaneFixtures.await(narrow.read(WHO, ALICE, ReadMode.ROWS)).rows()).hasSize(1);
        LaneFixtures.await(narrow.close());
    }

    @Test
    void anAcknowledgedWriteIsThereAfterItsConnectionIsTerminated() {
        int acknowledged = 0;
        for (int i = 100; i < 200; i++) {
            Future<LaneResult> write =
                    lanes.write(
                            SqlText.of(
                                    "insert into item values ($1::text::int, 'new')",
                                    Integer.toString(i)),
                            ALICE);
            if (i % 10 == 0) {
                terminateAll();
            }
            try {
                assertThat(LaneFixtures.await(write).affected()).isEqualTo(1);
                acknowledged++;
                assertThat(database.ask("select name from item where id = " + i)).isEqualTo("new");
            } catch (ProblemException e) {
                assertThat(e.problem()).isEqualTo(new DataProblem.Unreachable());
            }
        }
        assertThat(acknowledged).isGreaterThan(50);
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() throws IOException, InterruptedException {
        PostgresLanes impatient =
                open(LaneFixtures.config(2, Duration.ofSeconds(5), Duration.ofMillis(300)));
        LaneFixtures.warm(impatient, WHO, ALICE);
        String silent =
                Long.toString(
                        LaneFixtures.await(impatient.read(WHO, ALICE, ReadMode.ROWS))
                                .row()
                                .number(2));
        signal("-STOP", silent);
        try {
            Future<LaneResult> held = impatient.read(WHO, ALICE, ReadMode.ROWS);
            // Reads are run once more elsewhere.
            assertThat(LaneFixtures.await(held).row().number(2))
                    .isNotEqualTo(Long.parseLong(silent));
        } finally {
            signal("-CONT", silent);
        }
        LaneFixtures.await(impatient.close());
    }

    private static void signal(String name, String pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", name, pid).start().waitFor()).isZero();
    }

    @Test
    void readsGoOnAfterEveryConnectionWasTerminated() {
        LaneFixtures.warm(lanes, WHO, ALICE);
        LaneFixtures.warm(lanes, WHO, LaneFixtures.ANONYMOUS);
        terminateAll();
        assertThat(who(ALICE, ReadMode.ROWS)).isEqualTo("authenticated {\"sub\":\"alice\"}");
        assertThat(who(LaneFixtures.ANONYMOUS, ReadMode.ROWS)).isEqualTo("anon {}");
        assertThat(LaneFixtures.await(lanes.ready())).isTrue();
    }

    /// One request for deeply nested rows could else end the process.
    @Test
    void anAnswerTooLargeForMemoryIsRefusedAndTheConnectionGoesOn() {
        SqlStatement sized =
                SqlText.of(
                        "select repeat('x', (select max(id) from item)), pg_backend_pid()::bigint");
        for (Caller caller : new Caller[] {ALICE, LaneFixtures.ANONYMOUS}) {
            database.execute("update item set id = 1000");
            LaneFixtures.warm(lanes, sized, caller);
            long server =
                    LaneFixtures.await(lanes.read(sized, caller, ReadMode.ROWS)).row().number(1);
            database.execute("update item set id = 3000000");
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(
                                () -> LaneFixtures.await(lanes.read(sized, caller, ReadMode.ROWS)))
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                e ->
                                        assertThat(((DataProblem.Rejected) e.problem()).sqlState())
                                                .isEqualTo("PT413"));
            }
            database.execute("update item set id = 1048000");
            LaneResult whole = LaneFixtures.await(lanes.read(sized, caller, ReadMode.ROWS));
            assertThat(whole.row().text(0))
                    .hasSize(1_048_000)
                    .containsOnlyOnce("x".repeat(1_048_000));
            assertThat(server).isPositive();
        }
    }

    /// Anybody may ask /readyz, so asking must not cost a connection each time.
    @Test
    void allWhoAskWhetherTheDatabaseAnswersShareOneProbe() {
        Future<Boolean> first = lanes.ready();
        assertThat(lanes.ready()).isSameAs(first);
        assertThat(LaneFixtures.await(first)).isTrue();
        LaneFixtures.eventually(() -> !lanes.ready().equals(first));
        assertThat(LaneFixtures.await(lanes.ready())).isTrue();
    }

    @Test
    void aChangedTableIsReadAnew() {
        SqlStatement all = SqlText.of("select * from item");
        for (Caller caller : new Caller[] {ALICE, LaneFixtures.ANONYMOUS}) {
            LaneFixtures.warm(lanes, all, caller);
        }
        database.execute("alter table item add column more text default 'more'");
        for (Caller caller : new Caller[] {ALICE, LaneFixtures.ANONYMOUS}) {
            LaneResult result = LaneFixtures.await(lanes.read(all, caller, ReadMode.ROWS));
            assertThat(result.row().text(2)).isEqualTo("more");
        }
    }

    @Test
    void moreStatementsThanTheConnectionKeeps() {
        LaneFixtures.warm(lanes, WHO, ALICE);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 40; i++) {
                SqlStatement one = new SqlText().sql("select ").integer(i).sql("::bigint").build();
                assertThat(
                                LaneFixtures.await(lanes.read(one, ALICE, ReadMode.ROWS))
                                        .row()
                                        .number(0))
                        .isEqualTo(i);
            }
        }
    }

    @Test
    void codeThatChangesTheSessionKeepsReadsInTransactions() {
        database.execute(
                """
                create function sneaky() returns text language sql as
                  $$ select set_config('request.jwt.claims', '{"sub":"leak"}', false) $$;
                """);
        lanes.schemaChanged();
        SqlStatement sneaky = SqlText.of("select sneaky()");
        for (int i = 0; i < 10; i++) {
            LaneFixtures.await(lanes.read(sneaky, LaneFixtures.ANONYMOUS, ReadMode.ROWS));
            LaneFixtures.await(lanes.read(sneaky, ALICE, ReadMode.ROWS));
            assertThat(who(LaneFixtures.ANONYMOUS, ReadMode.ROWS)).isEqualTo("anon {}");
            assertThat(who(ALICE, ReadMode.ROWS)).isEqualTo("authenticated {\"sub\":\"alice\"}");
        }
    }

    @Test
    void anInteractiveTransactionCommitsOrRollsBack() {
        SqlStatement insert = SqlText.of("insert into item values (3, 'three')");
        LaneFixtures.await(
                lanes.interactive(
                        ALICE,
                        Access.READ_WRITE,
                        transaction -> {
                            transaction.rollBackAtEnd();
                            return transaction.run(insert);
                        }));
        assertThat(database.ask("select count(*) from item where id = 3")).isEqualTo("0");
        LaneFixtures.await(lanes.interactive(ALICE, Access.READ_WRITE, step -> step.run(insert)));
        assertThat(database.ask("select count(*) from item where id = 3")).isEqualTo("1");
        // Work that swallows a refusal must not be told that it was committed.
        assertThat(
                        LaneFixtures.sqlState(
                                lanes.interactive(
                                        ALICE,
                                        Access.READ_WRITE,
                                        step -> step.run(insert).otherwise(LaneResult.EMPTY))))
                .isEqualTo("23505");
    }

    @Test
    void interactiveTransactionsKeepTheirStatements() {
        SqlStatement names = SqlText.of("select name from item where id = $1", 1);
        SqlStatement kept =
                SqlText.of(
                        "select count(*), sum(generic_plans + custom_plans)::bigint"
                                + " from pg_prepared_statements"
                                + " where statement = 'select name from item where id = $1'");
        for (int i = 1; i <= 3; i++) {
            LaneRow row =
                    LaneFixtures.await(
                                    lanes.interactive(
                                            ALICE,
                                            Access.READ_ONLY,
                                            step -> step.run(names).compose(_ -> step.run(kept))))
                            .row();
            assertThat(row.number(0)).isOne();
            assertThat(row.number(1)).isEqualTo(i);
        }
        // What one role may parse another may not.
        database.execute("create schema apart; create table apart.t as select 1 as id;");
        database.execute("grant usage on schema apart to authenticated");
        database.execute("grant select on apart.t to authenticated, anon");
        SqlStatement apart = SqlText.of("select id from apart.t");
        LaneFixtures.await(lanes.interactive(ALICE, Access.READ_ONLY, step -> step.run(apart)));
        assertThat(
                        LaneFixtures.sqlState(
                                lanes.interactive(
                                        LaneFixtures.ANONYMOUS,
                                        Access.READ_ONLY,
                                        step -> step.run(apart))))
                .isEqualTo("42501");
    }

    private String who(Caller caller, ReadMode mode) {
        LaneRow row = LaneFixtures.await(lanes.read(WHO, caller, mode)).row();
        return row.text(0) + " " + row.text(1);
    }

    private void terminateAll() {
        database.ask(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where usename = 'authenticator' and datname = current_database()");
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
