package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.intent.RequestContext;
import dev.ashlar.intent.Transaction;
import dev.ashlar.intent.Transaction.End;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What runs for one caller alone ends when the caller leaves; nobody else notices.
class CancellationIT {
    private static final String CANCELED = "57014";
    private static final int ROUNDS = 500;

    private DatabaseForTests database;
    private Vertx vertx;
    private PostgresLanes lanes;

    @BeforeEach
    void open() {
        database = PostgresForTests.fresh();
        database.execute(
                """
                create table kept (id int);
                create policy open on kept using (true) with check (true);
                create function keep(id int, seconds float8) returns int language plpgsql as $$
                begin
                  insert into kept values (id);
                  perform pg_sleep(seconds);
                  return id;
                end $$;
                create function stubborn() returns int language plpgsql as $$
                begin
                  begin
                    perform pg_sleep(30);
                  exception when query_canceled then
                    perform pg_sleep(30);
                  end;
                  return 1;
                end $$;
                create function keep_late() returns trigger language plpgsql as $$
                begin perform pg_sleep(1); return null; end $$;
                create table late (id int);
                create policy open on late using (true) with check (true);
                create constraint trigger waits after insert on late
                  deferrable initially deferred for each row execute function keep_late();
                """);
        vertx = Vertx.vertx();
        lanes = open(2, true);
    }

    @AfterEach
    void close() {
        LaneFixtures.await(lanes.close());
        LaneFixtures.await(vertx.close());
    }

    private PostgresLanes open(int connections, boolean prepared) {
        PostgresConfig config =
                LaneFixtures.config(connections, Duration.ofSeconds(20), Duration.ofSeconds(40));
        return PostgresLanes.open(
                vertx,
                database.authenticator(),
                prepared ? config : LaneFixtures.withoutPreparedStatements());
    }

    /// A request whose caller may leave.
    private static final class Asked implements RequestContext {
        private final List<Runnable> actions = new ArrayList<>();
        private boolean left;

        void leave() {
            List<Runnable> due;
            synchronized (this) {
                left = true;
                due = List.copyOf(actions);
            }
            due.forEach(Runnable::run);
        }

        @Override
        public synchronized boolean abandoned() {
            return left;
        }

        @Override
        public void whenAbandoned(Runnable action) {
            synchronized (this) {
                if (!left) {
                    actions.add(action);
                    return;
                }
            }
            action.run();
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public String headers() {
            return "{}";
        }

        @Override
        public String cookies() {
            return "{}";
        }

        LaneCaller caller() {
            return new LaneCaller(
                    LaneFixtures.user("alice"),
                    new Transaction("", End.COMMIT, Optional.empty(), this),
                    null);
        }
    }

    private static SqlStatement sleep(double seconds) {
        return new SqlText()
                .sql("select 1 from (select pg_sleep(")
                .parameter(Double.toString(seconds))
                .sql("::text::float8)) s")
                .build();
    }

    private static SqlStatement keep(int id, double seconds) {
        return new SqlText()
                .sql("select keep(")
                .parameter(Integer.toString(id))
                .sql("::text::int, ")
                .parameter(Double.toString(seconds))
                .sql("::text::float8)")
                .build();
    }

    private static SqlStatement number(int number) {
        return new SqlText()
                .sql("select ")
                .parameter(Integer.toString(number))
                .sql("::text::bigint")
                .build();
    }

    private long sleeping() {
        return Long.parseLong(
                String.valueOf(
                        database.ask(
                                "select count(*) from pg_stat_activity where datname ="
                                        + " current_database() and state = 'active'"
                                        + " and wait_event = 'PgSleep'")));
    }

    private void leaves(Asked asked, Future<?> running) {
        LaneFixtures.eventually(() -> sleeping() == 1);
        long left = System.nanoTime();
        asked.leave();
        assertThat(LaneFixtures.sqlState(running)).isEqualTo(CANCELED);
        assertThat(System.nanoTime() - left).isLessThan(Duration.ofSeconds(1).toNanos());
        LaneFixtures.eventually(() -> sleeping() == 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReadAWriteAndStepsEnd(boolean prepared) {
        LaneFixtures.await(lanes.close());
        lanes = open(2, prepared);
        Asked reader = new Asked();
        leaves(reader, lanes.read(sleep(30), reader.caller(), ReadMode.CALL));
        Asked writer = new Asked();
        leaves(writer, lanes.write(keep(1, 30), writer.caller()));
        Asked stepping = new Asked();
        leaves(
                stepping,
                lanes.interactive(
                        stepping.caller(),
                        Access.READ_WRITE,
                        open -> open.run(keep(2, 0)).compose(_ -> open.run(sleep(30)))));
        assertThat(database.ask("select count(*) from kept")).isEqualTo("0");
        for (int i = 0; i < 4; i++) {
            assertThat(exclusively(i)).isEqualTo(i);
        }
    }

    /// Its connection goes on serving: a new one would cost the database a process.
    @Test
    void theConnectionIsUsedAgain() {
        long before = backend();
        for (int i = 0; i < 3; i++) {
            Asked asked = new Asked();
            leaves(asked, lanes.read(sleep(30), asked.caller(), ReadMode.CALL));
        }
        LaneFixtures.eventually(() -> lanes.figures().available() > 0);
        assertThat(backend()).isEqualTo(before);
    }

    private long backend() {
        return LaneFixtures.await(
                        lanes.interactive(
                                LaneFixtures.user("bob"),
                                Access.READ_ONLY,
                                open -> open.run(SqlText.of("select pg_backend_pid()::bigint"))))
                .row()
                .number(0);
    }

    @Test
    void whoCatchesTheFirstIsSentAnother() {
        Asked asked = new Asked();
        Future<LaneResult> running = lanes.write(SqlText.of("select stubborn()"), asked.caller());
        LaneFixtures.eventually(() -> sleeping() == 1);
        asked.leave();
        assertThat(LaneFixtures.sqlState(running)).isEqualTo(CANCELED);
    }

    /// Behind its COMMIT nobody can say any more that it did not happen.
    @Test
    void aCommitIsNotCancelled() {
        Asked asked = new Asked();
        Future<LaneResult> running =
                lanes.write(SqlText.of("insert into late values (1)"), asked.caller());
        LaneFixtures.eventually(() -> sleeping() == 1);
        asked.leave();
        LaneFixtures.await(running);
        assertThat(database.ask("select count(*) from late")).isEqualTo("1");
    }

    /// A cancel request hits whatever its connection runs: of many callers' that is anybody's.
    @Test
    void aSharedConnectionIsLeftAlone() {
        LaneFixtures.await(lanes.close());
        LaneFixtures.await(vertx.close());
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        lanes = open(2, true);
        LaneFixtures.warm(lanes, sleep(0), LaneFixtures.user("alice"));
        // On a busy machine the first take so long that the statement does not count as fast yet.
        for (int i = 0; i < 30; i++) {
            LaneFixtures.await(lanes.read(sleep(0), LaneFixtures.user("alice"), ReadMode.ROWS));
        }
        Asked asked = new Asked();
        Future<LaneResult> running = lanes.read(sleep(0.5), asked.caller(), ReadMode.ROWS);
        LaneFixtures.eventually(() -> sleeping() == 1);
        asked.leave();
        assertThat(LaneFixtures.await(running).rows()).hasSize(1);
    }

    @Test
    void whoLeavesTheQueueTakesNoConnection() {
        List<Asked> all = new ArrayList<>();
        List<Future<LaneResult>> running = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Asked asked = new Asked();
            all.add(asked);
            running.add(lanes.write(keep(i, 30), asked.caller()));
        }
        LaneFixtures.eventually(() -> sleeping() == 2);
        all.forEach(Asked::leave);
        for (Future<LaneResult> each : running) {
            assertThat(LaneFixtures.sqlState(each)).isEqualTo(CANCELED);
        }
        assertThat(lanes.figures().waiting()).isZero();
        assertThat(exclusively(7)).isEqualTo(7);
        assertThat(database.ask("select count(*) from kept")).isEqualTo("0");
    }

    private long exclusively(int number) {
        return LaneFixtures.await(other(number)).row().number(0);
    }

    private Future<LaneResult> other(int number) {
        return lanes.interactive(
                LaneFixtures.user("bob"), Access.READ_ONLY, open -> open.run(number(number)));
    }

    /// Callers leave around the moment at which they would have been answered, while others use the
    /// same two connections.
    @Test
    void aCancelThatComesLateHitsNobodyElse() {
        Random random = new Random(20_261_127);
        int cancelled = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int id = round;
            double seconds = random.nextInt(8) / 1_000.0;
            Asked asked = new Asked();
            List<Supplier<Future<LaneResult>>> kinds =
                    List.of(
                            () -> lanes.read(sleep(seconds), asked.caller(), ReadMode.CALL),
                            () -> lanes.write(keep(id, seconds), asked.caller()),
                            () ->
                                    lanes.interactive(
                                            asked.caller(),
                                            Access.READ_WRITE,
                                            open ->
                                                    open.run(sleep(seconds))
                                                            .compose(_ -> open.run(keep(id, 0)))));
            int kind = random.nextInt(kinds.size());
            Future<LaneResult> leaving = kinds.get(kind).get();
            Future<LaneResult> first = other(round);
            pause(random.nextInt(10_000));
            asked.leave();
            Future<LaneResult> second = other(round + 1);
            assertThat(LaneFixtures.await(first).row().number(0)).isEqualTo(round);
            assertThat(LaneFixtures.await(second).row().number(0)).isEqualTo(round + 1);
            boolean succeeded = LaneFixtures.await(leaving.map(true).otherwise(false));
            cancelled += succeeded ? 0 : 1;
            if (kind > 0) {
                assertThat(database.ask("select count(*) from kept where id = " + id))
                        .isEqualTo(succeeded ? "1" : "0");
            }
        }
        assertThat(cancelled).isBetween(ROUNDS / 20, ROUNDS - ROUNDS / 20);
    }

    private static void pause(int micros) {
        try {
            TimeUnit.MICROSECONDS.sleep(micros);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
