package dev.ashlar.backend.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.backend.embedded.EmbeddedPostgres;
import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.wire.Server.Encryption;
import dev.ashlar.config.Secret;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The protocol with a real server.
class ConnectionIT {
    private static final int LARGEST_ANSWER = 1 << 20;

    private DatabaseForTests database;
    private Vertx vertx;
    private Dialer dialer;
    private Connection connection;

    @BeforeEach
    void connect() throws Exception {
        database = PostgresForTests.fresh();
        vertx = Vertx.vertx();
        dialer = dialer(database.address("postgres"), Encryption.NEVER);
        connection = dial(dialer);
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        await(vertx.close());
    }

    @Test
    void valuesOfAllKindsComeBack() throws Exception {
        String sql = "select $1::text, $2::int8, $3::bytea, $4::text[], $5::bool, $6::text";
        List<@Nullable Object> values =
                Arrays.asList(
                        "Grüße 🙂", 7L, new byte[] {0, -1}, new String[] {"a,", "\""}, true, null);
        assertThat(query(sql, values))
                .containsExactly("Grüße 🙂|7|\\x00ff|{\"a,\",\"\\\"\"}|t|NULL");
    }

    @Test
    void aLargeValueGoesBothWays() throws Exception {
        String large = "é".repeat(400_000);
        assertThat(query("select $1::text", List.of(large))).containsExactly(large);
    }

    @Test
    void anAnswerThatIsTooLargeIsRefusedAndTheConnectionStaysGood() throws Exception {
        String sql = "select repeat('x', 2000000)";
        assertThatThrownBy(() -> query(sql, List.of()))
                .isInstanceOfSatisfying(
                        ServerError.class,
                        error -> assertThat(error.sqlState()).isEqualTo("PT413"));
        assertThat(query("select 1", List.of())).containsExactly("1");
    }

    @Test
    void whatFollowsAFailureBeforeTheSyncIsNotDone() throws Exception {
        database.execute("create table seen (n int)");
        List<String> told = new ArrayList<>();
        Promise<Void> end = Promise.promise();
        onLoop(() -> {
            Exchange exchange = new Exchange(end);
            add(exchange, "insert into seen values (1)", told);
            add(exchange, "select 1 / 0", told);
            add(exchange, "insert into seen values (2)", told);
            connection.send(exchange);
        });
        assertThatThrownBy(() -> await(end.future()))
                .isInstanceOfSatisfying(
                        ServerError.class,
                        error -> assertThat(error.sqlState()).isEqualTo("22012"));
        assertThat(told).containsExactly("done", "22012", "22012");
        assertThat(database.ask("select count(*) from seen")).isEqualTo("0");
    }

    /// Its Parse was skipped, so it is parsed with the next.
    @Test
    void aStatementWhoseParseWasSkippedIsParsedLater() throws Exception {
        List<String> told = new ArrayList<>();
        Promise<Void> first = Promise.promise();
        Promise<Void> second = Promise.promise();
        Prepared[] prepared = new Prepared[1];
        onLoop(() -> {
            prepared[0] = connection.named("select 'x' as name");
            Exchange exchange = new Exchange(first);
            add(exchange, "select 1 / 0", told);
            exchange.execute(prepared[0], List.of(), RowSink.NOTHING, (_, _) -> {});
            connection.send(exchange);
        });
        assertThatThrownBy(() -> await(first.future())).isInstanceOf(ServerError.class);
        onLoop(() ->
                connection.send(
                        new Exchange(second)
                                .execute(prepared[0], List.of(), RowSink.NOTHING, (_, _) -> {})));
        await(second.future());
        assertThat(prepared[0].columns()).containsExactly("name");
    }

    @Test
    void requestsAreAnsweredInTheirOrder() throws Exception {
        List<Future<List<String>>> answers = new ArrayList<>();
        onLoop(() -> {
            for (int i = 0; i < 500; i++) {
                answers.add(rows(i % 7 == 0 ? "select 1 / 0" : "select " + i, List.of()));
            }
        });
        await(Future.join(answers).otherwiseEmpty());
        for (int i = 0; i < 500; i++) {
            if (i % 7 == 0) {
                assertThat(answers.get(i).failed()).isTrue();
            } else {
                assertThat(answers.get(i).result()).containsExactly(Integer.toString(i));
            }
        }
    }

    @Test
    void aValueThatCannotBeSentFailsAloneAndNothingIsSent() throws Exception {
        assertThatThrownBy(() -> query("select $1::text", List.of(Map.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> query("select '\0'", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(query("select 1", List.of())).containsExactly("1");
    }

    @Test
    void whoeverWaitsLearnsThatTheConnectionIsLost() throws Exception {
        Future<List<String>> waiting = onLoop(() -> rows("select pg_sleep(60)", List.of()));
        CompletableFuture<Void> closed = new CompletableFuture<>();
        onLoop(() -> connection.whenClosed(() -> closed.complete(null)));
        database.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where query like 'select pg_sleep%' and pid <> pg_backend_pid()");
        assertThatThrownBy(() -> await(waiting))
                .isInstanceOfSatisfying(
                        ServerError.class, error -> assertThat(error.isFatal()).isTrue());
        closed.get(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> query("select 1", List.of()))
                .isInstanceOf(ConnectionLostException.class);
    }

    @Test
    void copyIsNotSpokenAndEndsTheConnection() {
        assertThatThrownBy(() -> query("copy (select 1) to stdout", List.of()))
                .isInstanceOf(ConnectionLostException.class)
                .hasCauseInstanceOf(ProtocolViolationException.class);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aServerWithoutTlsIsRefusedWhereTlsIsAskedFor() {
        PostgresAddress there = database.authenticator();
        assertThatThrownBy(() -> dial(dialer(there, Encryption.ALWAYS)))
                .hasMessageContaining("does not speak TLS");
    }

    private String setPassword(String password) {
        database.executeAs(
                EmbeddedPostgres.SUPERUSER,
                "do $$ begin create role wire_scram login; exception when duplicate_object then"
                        + " null; end $$; set password_encryption = 'scram-sha-256'; alter role"
                        + " wire_scram password '"
                        + password
                        + "'");
        return String.valueOf(
                database.ask("select rolpassword from pg_authid where rolname = 'wire_scram'"));
    }

    /// The second connection costs no rounds; a new salt does, and a new password is noticed.
    @Test
    void aPasswordIsWorkedOutOncePerSalt() throws Exception {
        String first = setPassword("one");
        PostgresAddress there = database.address("wire_scram");
        Dialer known = dialer(there, new Secret("one"), Encryption.NEVER);
        for (int i = 0; i < 3; i++) {
            dial(known).close();
        }
        assertThat(known.scramKeysMade()).isEqualTo(1);
        assertThat(setPassword("one")).isNotEqualTo(first);
        dial(known).close();
        dial(known).close();
        assertThat(known.scramKeysMade()).isEqualTo(2);
        setPassword("two");
        assertThatThrownBy(() -> dial(known))
                .isInstanceOfSatisfying(
                        ServerError.class,
                        error -> assertThat(error.sqlState()).isEqualTo("28P01"));
        setPassword("one");
        dial(known).close();
        dial(dialer(there, new Secret("one"), Encryption.NEVER)).close();
    }

    @Test
    void connectionsThatAreOpenedTogetherShareTheWork() throws Exception {
        setPassword("one");
        Dialer known = dialer(database.address("wire_scram"), new Secret("one"), Encryption.NEVER);
        List<Future<Connection>> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(dialing(known));
        }
        await(Future.all(all));
        all.forEach(one -> one.result().close());
        assertThat(known.scramKeysMade()).isEqualTo(1);
    }

    /// What the server makes of a ligature, a soft hyphen and a wide letter (RFC 4013), and what it
    /// takes as it is since it is none of these.
    @ParameterizedTest
    @ValueSource(strings = {"\ufb01x", "a\u00adb", "\uff21bc", "p\u00e4ss \u00a0w", "\u0221"})
    void aPasswordIsPreparedAsTheServerDoes(String password) throws Exception {
        setPassword(password);
        dial(dialer(database.address("wire_scram"), new Secret(password), Encryption.NEVER))
                .close();
    }

    private Dialer dialer(PostgresAddress there, Encryption encryption) {
        return dialer(there, there.password(), encryption);
    }

    private Dialer dialer(PostgresAddress there, Secret password, Encryption encryption) {
        return new Dialer(
                vertx,
                new Server(
                        SocketAddress.domainSocketAddress(
                                there.host() + "/.s.PGSQL." + there.port()),
                        encryption,
                        new ClientSSLOptions()),
                new Login(there.user(), password, there.database(), Map.of()),
                Duration.ofSeconds(10),
                LARGEST_ANSWER);
    }

    private Connection dial(Dialer from) throws Exception {
        return await(dialing(from));
    }

    private Future<Connection> dialing(Dialer from) {
        ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
        Promise<Connection> opened = Promise.promise();
        context.runOnContext(
                _ -> from.connect(context, Promise.promise().future()).onComplete(opened));
        return opened.future();
    }

    private List<String> query(String sql, List<@Nullable Object> values) throws Exception {
        return await(onLoop(() -> rows(sql, values)));
    }

    private Future<List<String>> rows(String sql, List<@Nullable Object> values) {
        Promise<List<String>> answer = Promise.promise();
        List<String> rows = new ArrayList<>();
        connection.send(
                new Exchange()
                        .execute(
                                connection.unnamed(sql),
                                values,
                                row -> rows.add(text(row)),
                                (_, error) -> answer.complete(rows, error)));
        return answer.future();
    }

    private void add(Exchange exchange, String sql, List<String> told) {
        exchange.execute(
                connection.unnamed(sql),
                List.of(),
                RowSink.NOTHING,
                (_, error) ->
                        told.add(
                                error instanceof ServerError refused
                                        ? refused.sqlState()
                                        : "done"));
    }

    private static String text(ByteBuf row) {
        List<String> columns = new ArrayList<>();
        int count = row.readShort();
        for (int i = 0; i < count; i++) {
            int length = row.readInt();
            columns.add(length < 0 ? "NULL" : row.readString(length, StandardCharsets.UTF_8));
        }
        return String.join("|", columns);
    }

    private void onLoop(Runnable action) throws Exception {
        onLoop(() -> {
            action.run();
            return Future.succeededFuture();
        });
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> action) throws Exception {
        CompletableFuture<Future<T>> done = new CompletableFuture<>();
        connection.context().runOnContext(_ -> done.complete(action.get()));
        return done.get(10, TimeUnit.SECONDS);
    }

    private static <T> T await(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (TimeoutException e) {
            throw new AssertionError("no answer in time", e);
        }
    }
}
