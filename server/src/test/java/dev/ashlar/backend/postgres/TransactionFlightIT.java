package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.postgres.TransactionFlight.Part;
import dev.ashlar.backend.postgres.wire.Prepared;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Role;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A failure at each place of a flight: the statement does not take effect, nobody gets an answer,
/// and the next flight of the same flush has its own claims alone.
class TransactionFlightIT {
    private static final SqlStatement INSERT =
            SqlText.of("insert into entry (who) values (current_setting('request.jwt.claims'))");
    private static final SqlStatement WHO =
            SqlText.of("select current_user || ' ' || current_setting('request.jwt.claims', true)");
    private static final SqlStatement FAILS = SqlText.of("select 1 / 0");

    private DatabaseForTests database;
    private Vertx vertx;
    private Wire wire;
    private SessionSettings settings;
    private @Nullable SqlStatement beginning;

    @BeforeEach
    void connect() {
        database = PostgresForTests.fresh();
        database.execute(
                """
                create table entry (who text, parent int unique);
                create policy open on entry using (true) with check (true);
                grant select on entry to anon;
                """);
        vertx = Vertx.vertx();
        PostgresConfig config = LaneFixtures.config();
        settings = new SessionSettings(config);
        Connector connector = new Connector(vertx, database.address("postgres"), config);
        ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
        wire =
                LaneFixtures.await(
                        connector
                                .connect(context)
                                .compose(opened ->
                                        opened.query(settings.writingSession()).map(opened)));
    }

    @AfterEach
    void close() {
        LaneFixtures.await(vertx.close());
    }

    @Test
    void allGood() {
        Outcome outcome = write("{\"sub\":\"a\"}", INSERT);
        assertThat(outcome.first.failure()).isNull();
        assertThat(outcome.first.endFailure()).isNull();
        assertThat(outcome.first.leavesDoubt()).isFalse();
        assertThat(rows()).isEqualTo("1");
        assertThat(outcome.next).isEqualTo("authenticated {\"sub\":\"b\"}");
    }

    @Test
    void failedBeginKeepsTheStatementFromRunning() {
        beginning = FAILS;
        Outcome outcome = write("{\"sub\":\"a\"}", INSERT);
        assertThat(PostgresProblems.sqlState(failure(outcome))).isEqualTo("22012");
        assertThat(rows()).isEqualTo("0");
        assertThat(outcome.next).isEqualTo("authenticated {\"sub\":\"b\"}");
    }

    @Test
    void whatIsRolledBackIsAnsweredAndLeavesNothing() {
        beginning = SessionSettings.BEGIN_READ_WRITE;
        Outcome outcome = write("{\"sub\":\"a\"}", INSERT);
        assertThat(outcome.first.failure()).isNull();
        assertThat(outcome.first.leavesDoubt()).isFalse();
        assertThat(rows()).isEqualTo("0");
        assertThat(outcome.next).isEqualTo("authenticated {\"sub\":\"b\"}");
    }

    @Test
    void insideATransactionLeftInFailureNothingRuns() {
        LaneFixtures.await(wire.run(SessionSettings.BEGIN_READ_WRITE));
        assertThat(LaneFixtures.sqlState(refused(wire.run(FAILS)))).isEqualTo("22012");
        TransactionFlight flight = LaneFixtures.await(alone("{\"sub\":\"a\"}", INSERT));
        Throwable failure = flight.failure();
        assertThat(failure).isNotNull();
        assertThat(failure != null && PostgresProblems.foundFailedTransaction(failure)).isTrue();
        assertThat(flight.leavesDoubt()).isTrue();
        assertThat(rows()).isEqualTo("0");
    }

    @Test
    void insideATransactionLeftOpenNothingIsAcknowledgedForGood() {
        LaneFixtures.await(wire.run(SessionSettings.BEGIN_READ_WRITE));
        TransactionFlight flight = LaneFixtures.await(alone("{\"sub\":\"a\"}", INSERT));
        assertThat(flight.leavesDoubt()).isTrue();
        assertThat(rows()).isEqualTo("0");
    }

    @Test
    void failedSettingsKeepTheStatementFromRunning() {
        Outcome outcome = write("\0", INSERT);
        assertThat(PostgresProblems.sqlState(failure(outcome))).isEqualTo("22021");
        assertThat(rows()).isEqualTo("0");
        assertThat(outcome.next).isEqualTo("authenticated {\"sub\":\"b\"}");
    }

    @Test
    void failedStatementLeavesTheConnectionGood() {
        Outcome outcome = write("{\"sub\":\"a\"}", FAILS);
        assertThat(PostgresProblems.sqlState(failure(outcome))).isEqualTo("22012");
        assertThat(outcome.first.leavesDoubt()).isFalse();
        assertThat(outcome.next).isEqualTo("authenticated {\"sub\":\"b\"}");
    }

    @Test
    void commitRefusedByADeferredConstraintIsAFailure() {
        database.execute(
                """
                create table child (parent int references entry (parent)
                  deferrable initially deferred);
                create policy open on child using (true) with check (true);
                """);
        Outcome outcome = write("{\"sub\":\"a\"}", SqlText.of("insert into child values (7)"));
        assertThat(outcome.first.failure()).isNull();
        Throwable commit = outcome.first.endFailure();
        assertThat(commit).isNotNull();
        assertThat(commit == null ? "" : PostgresProblems.sqlState(commit)).isEqualTo("23503");
        assertThat(outcome.first.leavesDoubt()).isFalse();
        assertThat(database.ask("select count(*) from child")).isEqualTo("0");
        assertThat(outcome.next).isEqualTo("authenticated {\"sub\":\"b\"}");
    }

    private record Outcome(TransactionFlight first, String next) {}

    /// Sends a flight for caller a and, without waiting, one for caller b on the same connection.
    private Outcome write(String claims, SqlStatement statement) {
        Promise<TransactionFlight> first = Promise.promise();
        Promise<TransactionFlight> next = Promise.promise();
        wire.context()
                .runOnContext(_ -> {
                    depart(first, beginning, claims, statement);
                    depart(next, null, "{\"sub\":\"b\"}", WHO);
                });
        TransactionFlight after = LaneFixtures.await(next.future());
        assertThat(after.failure()).isNull();
        String seen = after.result().row().text(0);
        return new Outcome(LaneFixtures.await(first.future()), seen == null ? "" : seen);
    }

    private Future<TransactionFlight> alone(String claims, SqlStatement statement) {
        Promise<TransactionFlight> done = Promise.promise();
        wire.context().runOnContext(_ -> depart(done, null, claims, statement));
        return done.future();
    }

    private void depart(
            Promise<TransactionFlight> done,
            @Nullable SqlStatement begin,
            String claims,
            SqlStatement statement) {
        TransactionFlight flight =
                new TransactionFlight(
                        new TransactionFlight.Ended() {
                            @Override
                            public void statementReplied(TransactionFlight flight) {}

                            @Override
                            public void endReplied(TransactionFlight flight) {
                                done.complete(flight);
                            }
                        });
        Part all =
                new Part(
                        wire.named(SessionSettings.ALL.text()),
                        settings.all(LaneCaller.outsideRequests(caller(claims))));
        Part part = new Part(wire.named(statement.text()), statement.parameters());
        if (begin == null) {
            flight.depart(wire, all, part);
        } else {
            Prepared prepared = wire.named(begin.text());
            flight.depart(wire, prepared, all, part, SessionSettings.ROLLBACK);
        }
    }

    private static Caller caller(String claims) {
        return LaneFixtures.bearer(Role.AUTHENTICATED, claims);
    }

    private String rows() {
        String count = database.ask("select count(*) from entry");
        return count == null ? "" : count;
    }

    private static Throwable failure(Outcome outcome) {
        Throwable failure = outcome.first.failure();
        if (failure == null) {
            throw new AssertionError("a failure expected");
        }
        return failure;
    }

    private static <T> Future<T> refused(Future<T> future) {
        return future.recover(error ->
                Future.failedFuture(PostgresProblems.from(error, PostgresProblems.Sender.KNOWN)));
    }
}
