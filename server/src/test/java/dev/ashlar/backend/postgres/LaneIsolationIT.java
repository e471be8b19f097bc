package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Role;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Many callers on few connections never see or write each other's rows, whatever breaks.
class LaneIsolationIT {
    private static final int USERS = 50;
    private static final int REQUESTS = 2_000;
    private static final SqlStatement OWN_NOTES =
            SqlText.of(
                    """
                    select pg_backend_pid()::bigint, current_user::text,
                           current_setting('request.jwt.claims')::json ->> 'sub',
                           (select string_agg(distinct owner, ',') from note),
                           (select count(*) from note where id < 1000)\
                    """);

    private static DatabaseForTests database;
    private static Vertx vertx;
    private static PostgresLanes lanes;

    @BeforeAll
    static void open() {
        database = PostgresForTests.fresh();
        database.execute(
                """
                create table note (id bigint generated always as identity, owner text, body text);
                create policy mine on note for all
                  using (owner = (current_setting('request.jwt.claims', true)::json ->> 'sub'));
                insert into note (owner, body)
                  select 'user' || n % 50, 'note ' || n from generate_series(1, 500) n;
                """);
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        lanes =
                PostgresLanes.open(
                        vertx,
                        database.authenticator(),
                        LaneFixtures.config(6, Duration.ofSeconds(20), Duration.ofSeconds(1)));
    }

    @AfterAll
    static void close() {
        LaneFixtures.await(lanes.close());
        LaneFixtures.await(vertx.close());
    }

    @Test
    void interleavedCallersSeeTheirOwnRowsWhileConnectionsBreak() throws InterruptedException {
        Storm storm = new Storm();
        warm();
        AtomicBoolean over = new AtomicBoolean();
        Thread saboteur = Thread.ofVirtual().start(() -> sabotage(over));
        LaneFixtures.await(storm.run());
        over.set(true);
        saboteur.join();

        assertThat(storm.leaks).isEmpty();
        assertThat(storm.unexpected).isEmpty();
        // Proof that the requests did share connections, and that most were answered.
        assertThat(storm.answered.get()).isGreaterThan(REQUESTS / 2);
        assertThat(storm.refused.get()).isPositive();
        assertThat(storm.sharedBy()).isGreaterThan(10);
    }

    private static void warm() {
        for (int i = 0; i < 20; i++) {
            LaneFixtures.await(lanes.read(OWN_NOTES, LaneFixtures.user("user" + i), ReadMode.ROWS));
        }
    }

    /// Cancels and terminates whatever the data path runs.
    private static void sabotage(AtomicBoolean over) {
        boolean terminate = false;
        while (!over.get()) {
            String call = terminate ? "pg_terminate_backend" : "pg_cancel_backend";
            database.ask(
                    "select count("
                            + call
                            + "(pid)) from pg_stat_activity where usename = 'authenticator'"
                            + " and datname = current_database()");
            terminate = !terminate;
            try {
                Thread.sleep(150);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// 2,000 requests of 50 users, 64 at a time, of which some fail on purpose.
    private static final class Storm {
        final ConcurrentLinkedQueue<String> leaks = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
        final AtomicInteger answered = new AtomicInteger();
        final AtomicInteger refused = new AtomicInteger();
        final ConcurrentHashMap<Long, Set<String>> usersByConnection = new ConcurrentHashMap<>();
        private final AtomicInteger left = new AtomicInteger(REQUESTS);
        private final Random random = new Random(7);

        Future<?> run() {
            List<Future<?>> strands = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                Promise<Void> done = Promise.promise();
                Context context = vertx.getOrCreateContext();
                context.runOnContext(_ -> next(done));
                strands.add(done.future());
            }
            return Future.all(strands);
        }

        private void next(Promise<Void> done) {
            int n = left.getAndDecrement();
            if (n <= 0) {
                done.complete();
                return;
            }
            String user = "user" + random.nextInt(USERS);
            request(n, user)
                    .onComplete((result, error) -> {
                        check(user, result, error);
                        vertx.runOnContext(_ -> next(done));
                    });
        }

        private Future<LaneResult> request(int n, String user) {
            Caller caller = LaneFixtures.user(user);
            return switch (n % 20) {
                case 0 -> lanes.read(SqlText.of("select 1 / 0"), caller, ReadMode.ROWS);
                case 1 ->
                        lanes.read(
                                OWN_NOTES,
                                LaneFixtures.bearer(Role.AUTHENTICATED, "\0"),
                                ReadMode.ROWS);
                case 2 ->
                        lanes.read(
                                OWN_NOTES,
                                LaneFixtures.bearer(new Role("nobody_at_all"), "{}"),
                                ReadMode.ROWS);
                case 3 ->
                        n % 200 == 3
                                ? lanes.read(
                                        SqlText.of("select pg_sleep(5)"), caller, ReadMode.ROWS)
                                : lanes.read(
                                        SqlText.of("select $1::text::int", "no number"),
                                        caller,
                                        ReadMode.ROWS);
                case 4, 5, 6 ->
                        lanes.write(
                                SqlText.of(
                                        "insert into note (owner, body) values ($1::text, 'new')"
                                                + " returning pg_backend_pid()::bigint,"
                                                + " current_user::text,"
                                                + " current_setting('request.jwt.claims')::json"
                                                + " ->> 'sub', owner, 0::bigint",
                                        user),
                                caller);
                case 7 -> lanes.read(OWN_NOTES, caller, ReadMode.CALL);
                default -> lanes.read(OWN_NOTES, caller, ReadMode.ROWS);
            };
        }

        private void check(String user, @Nullable LaneResult result, @Nullable Throwable error) {
            if (result == null) {
                refused.incrementAndGet();
                if (!(error instanceof ProblemException problem
                        && problem.problem() instanceof DataProblem)) {
                    unexpected.add(error == null ? new AssertionError("nothing") : error);
                }
                return;
            }
            answered.incrementAndGet();
            LaneRow row = result.row();
            String seen = row.text(1) + " " + row.text(2) + " " + row.text(3);
            if (!seen.equals("authenticated " + user + " " + user)) {
                leaks.add(user + " saw " + seen);
            }
            usersByConnection
                    .computeIfAbsent(row.number(0), _ -> ConcurrentHashMap.newKeySet())
                    .add(user);
        }

        int sharedBy() {
            return usersByConnection.values().stream().mapToInt(Set::size).max().orElse(0);
        }
    }
}
