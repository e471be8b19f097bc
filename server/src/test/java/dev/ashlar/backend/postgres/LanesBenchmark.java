package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.identity.Caller;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Point reads and inserts per second through the lanes, without HTTP. Not a test: run `main`.
public final class LanesBenchmark {
    private static final int LOOPS = 2;
    private static final int PER_LOOP = 32;
    private static final int SECONDS = 3;

    private final PostgresLanes lanes;
    private final Vertx vertx;

    private LanesBenchmark(Vertx vertx, PostgresLanes lanes) {
        this.vertx = vertx;
        this.lanes = lanes;
    }

    public static void main(String[] arguments) throws InterruptedException {
        DatabaseForTests database = PostgresForTests.fresh();
        database.execute(
                """
                create table item (id int primary key, owner text, name text);
                create policy open on item for select using (true);
                create table own (id int primary key, owner text, name text);
                create policy mine on own using
                  (owner = (select current_setting('request.jwt.claims', true)::json ->> 'sub'));
                insert into item select n, n % 100, 'item ' || n from generate_series(1, 10000) n;
                insert into own select n, n % 100, 'item ' || n from generate_series(1, 10000) n;
                create table log (id bigint generated always as identity, name text);
                create policy writable on log using (true) with check (true);
                """);
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(LOOPS)
                                .setPreferNativeTransport(true));
        PostgresLanes lanes =
                PostgresLanes.open(vertx, database.authenticator(), LaneFixtures.config());
        LanesBenchmark benchmark = new LanesBenchmark(vertx, lanes);
        for (int round = 0; round < 2; round++) {
            benchmark.run(
                    "(a) anonymous, alone",
                    n -> LaneFixtures.ANONYMOUS,
                    n -> pointRead(n),
                    ReadMode.ROWS);
            benchmark.run(
                    "    anonymous, in a transaction",
                    n -> LaneFixtures.ANONYMOUS,
                    n -> pointRead(n),
                    ReadMode.CALL);
            benchmark.run(
                    "(b) bearers with policy",
                    n -> LaneFixtures.user(Integer.toString(n % 100)),
                    n ->
                            SqlText.of(
                                    "select row_to_json(own)::text from own where id = $1::text::int",
                                    Integer.toString(n % 10_000 + 1)),
                    ReadMode.ROWS);
            benchmark.run(
                    "(w) inserts",
                    n -> LaneFixtures.user(Integer.toString(n % 100)),
                    n -> SqlText.of("insert into log (name) values ($1::text)", "name"),
                    null);
        }
        System.exit(0);
    }

    private static SqlStatement pointRead(int n) {
        return SqlText.of(
                "select row_to_json(item)::text from item where id = $1::text::int",
                Integer.toString(n % 10_000 + 1));
    }

    /// A mode of null writes.
    private void run(
            String name,
            IntFunction<Caller> callers,
            IntFunction<SqlStatement> statements,
            @Nullable ReadMode mode)
            throws InterruptedException {
        LongAdder done = new LongAdder();
        LongAdder failed = new LongAdder();
        long end = System.nanoTime() + (SECONDS + 1) * 1_000_000_000L;
        for (int loop = 0; loop < LOOPS; loop++) {
            Context context =
                    ((io.vertx.core.internal.VertxInternal) vertx).createEventLoopContext();
            context.runOnContext(_ -> {
                for (int i = 0; i < PER_LOOP; i++) {
                    next(i * 77, callers, statements, mode, done, failed, end);
                }
            });
        }
        Thread.sleep(1_000);
        long before = done.sum();
        Thread.sleep(SECONDS * 1_000L);
        System.out.printf(
                "%-32s %,d/s, %d failed%n", name, (done.sum() - before) / SECONDS, failed.sum());
        Thread.sleep(300);
    }

    private void next(
            int n,
            IntFunction<Caller> callers,
            IntFunction<SqlStatement> statements,
            @Nullable ReadMode mode,
            LongAdder done,
            LongAdder failed,
            long end) {
        if (System.nanoTime() > end) {
            return;
        }
        (mode == null
                        ? lanes.write(statements.apply(n), callers.apply(n))
                        : lanes.read(statements.apply(n), callers.apply(n), mode))
                .onComplete((_, error) -> {
                    done.increment();
                    if (error != null) {
                        failed.increment();
                    }
                    next((n * 31 + 7) & 0xffff, callers, statements, mode, done, failed, end);
                });
    }
}
