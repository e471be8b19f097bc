package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.vertx.sqlclient.internal.PreparedStatement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A failure at each of the four places of a flight: the statement does not take effect, nobody
/// gets an answer, and the next flight of the same flush has its own claims alone.
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
    private boolean leaveInFailure;

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
        // The owner may write: only the read-only session stands between a failed BEGIN and a row.
        Connector connector = new Connector(vertx, database.address("postgres"), config);
        ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
        wire =
                LaneFixtures.await(
                        connector
                                .connect(context)
                                .compose(opened ->
                                        opened.query(settings.anySession())
                                                .compose(_ ->
                                                        opened.prepareSettings(
                                                                SessionSettings.ALL))));
    }

    @AfterEach
    void close() {
        LaneFixtures.await(vertx.close());
    }

    @Test
    void allGood() {
        Outcome outcome = write(SessionSettings.BEGIN_READ_WRITE, "{\"sub\":\"a\"}", INSERT);
        assertThat(outcome.first.failure()).isNull();
        assertThat(outcome.first.endFailure()).isNull();
        assertThat(rows()).isEqualTo("1");
        assertThat(outcome.next).isEqualTo("authenticated {\"sub\":\"b\"}");
    }

    @Test
    void failedBeginKeepsTheStatementFromWriting() {
        Outcome outcome = write(FAILS, "{\"sub\":\"a\"}", INSERT);
        assertThat(outcome.first.beginFailed()).isTrue();
        assertThat(outcome.first.neverRan()).isTrue();
        assertThat(outcome.first.leavesDoubt()).isTrue();
        assertThat(rows()).isEqualTo("0");
        assertThat(outcome.next).isEqualTo("authenticated {\"sub\":\"b\"}");
    }

    @Test
    void failedBeginWithholdsTheAnswer() {
        Outcome outcome = write(FAILS, "{\"sub\":\"a\"}", WHO);
        // The statement did run, as the session and without claims; its result is not given out.
        assertThat(outcome.first.failure()).isNotNull();
        assertThat(outcome.first.result().row().text(0)).doesNotContain("sub");
        assertThat(outcome.next).isEqualTo("authenticated {\"sub\":\"b\"}");
    }

    @Test
    void beginInsideATransactionLeftInFailureRunsNothing() {
        leaveInFailure = true;
        Outcome outcome = write(SessionSettings.BEGIN_READ_WRITE, "{\"sub\":\"a\"}", INSERT);
        assertThat(outcome.first.neverRan()).isTrue();
        assertThat(rows()).isEqualTo("0");
        assertThat(outcome.next).isEqualTo("authenticated {\"sub\":\"b\"}");
    }

    @Test
    void failedSettingsKeepTheStatementFromRunning() {
        Outcome outcome = write(SessionSettings.BEGIN_READ_WRITE, "\0", INSERT);
        assertThat(PostgresProblems.sqlState(failure(outcome))).isEqualTo("22021");
        assertThat(outcome.first.beginFailed()).isFalse();
        assertThat(rows()).isEqualTo("0");
        assertThat(outcome.next).isEqualTo("authenticated {\"sub\":\"b\"}");
    }

    @Test
    void failedStatementLeavesTheConnectionGood() {
        Outcome outcome = write(SessionSettings.BEGIN_READ_WRITE, "{\"sub\":\"a\"}", FAILS);
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
        Outcome outcome =
                write(
                        SessionSettings.BEGIN_READ_WRITE,
                        "{\"sub\":\"a\"}",
                        SqlText.of("insert into child values (7)"));
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
    private Outcome write(SqlStatement beginning, String claims, SqlStatement statement) {
        PreparedStatement prepared = LaneFixtures.await(wire.prepare(statement));
        PreparedStatement who = LaneFixtures.await(wire.prepare(WHO));
        if (leaveInFailure) {
            LaneFixtures.await(wire.run(SessionSettings.BEGIN_READ_WRITE));
            assertThat(LaneFixtures.sqlState(refused(wire.run(FAILS)))).isEqualTo("22012");
        }
        Promise<TransactionFlight> first = Promise.promise();
        Promise<TransactionFlight> next = Promise.promise();
        wire.context()
                .runOnContext(_ -> {
                    depart(first, beginning, caller(claims), prepared);
                    depart(next, SessionSettings.BEGIN_READ_ONLY, caller("{\"sub\":\"b\"}"), who);
                });
        TransactionFlight after = LaneFixtures.await(next.future());
        assertThat(after.failure()).isNull();
        String seen = after.result().row().text(0);
        return new Outcome(LaneFixtures.await(first.future()), seen == null ? "" : seen);
    }

    private void depart(
            Promise<TransactionFlight> done,
            SqlStatement beginning,
            Caller caller,
            PreparedStatement prepared) {
        new TransactionFlight(
                        new TransactionFlight.Ended() {
                            @Override
                            public void statementReplied(TransactionFlight flight) {}

                            @Override
                            public void endReplied(TransactionFlight flight) {
                                done.complete(flight);
                            }
                        })
                .depart(
                        wire,
                        beginning,
                        Parameters.bind(
                                wire.settings(), settings.all(LaneCaller.outsideRequests(caller))),
                        prepared,
                        Parameters.bind(prepared, SqlText.of("")),
                        SessionSettings.COMMIT);
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
