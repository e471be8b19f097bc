package dev.ashlar.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What `kill -9` leaves behind, and that the next start needs no hand.
class CrashRecoveryIT {
    private Scratch scratch;

    @BeforeEach
    void make() throws IOException {
        scratch = Scratch.withCluster();
    }

    @AfterEach
    void clear() throws IOException {
        scratch.close();
    }

    @Test
    void keepsCommittedRowsWhenTheServerIsKilled() throws Exception {
        try (EmbeddedPostgres server = scratch.start()) {
            Scratch.execute(server, "create table rows as select 7 as n");
            kill(server.pid());
            server.onExit().get(5, TimeUnit.SECONDS);
        }
        expectRows();
    }

    @Test
    void recoversAtOnceAfterAshlarIsKilled() throws Exception {
        createRows();
        try (OtherAshlar other = OtherAshlar.start(scratch)) {
            ProcessHandle postgres = other.postgres();
            other.kill();
            expectRows();
            assertEnded(postgres);
        }
    }

    @Test
    void theServerStopsByItselfWhenAshlarIsKilled() throws Exception {
        try (OtherAshlar other = OtherAshlar.start(scratch)) {
            ProcessHandle postgres = other.postgres();
            assertThat(postgres.isAlive()).isTrue();
            other.kill();
            assertEnded(postgres);
            assertThat(PostmasterFile.in(scratch.cluster())).doesNotExist();
        }
    }

    @Test
    void stopsAServerLeftRunning() throws Exception {
        createRows();
        Launcher launcher = Launcher.as(OsUser.ownerOf(scratch.cluster()), Platform.current());
        Programs programs = Programs.install(Scratch.SHARED_PROGRAMS, Platform.current(), _ -> {});
        Process orphan =
                launcher.command(
                                scratch.cluster(),
                                List.of(
                                        programs.postgres().toString(),
                                        "-D",
                                        scratch.cluster().toString()))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            assertThat(Waiting.until(this::isReady, Duration.ofSeconds(10))).isTrue();
            expectRows();
            assertThat(orphan.isAlive()).isFalse();
            assertThat(scratch.steps).anyMatch(step -> step.contains("(" + orphan.pid() + ")"));
        } finally {
            orphan.destroyForcibly();
        }
    }

    private boolean isReady() {
        return PostmasterFile.find(scratch.cluster()).filter(PostmasterFile::isReady).isPresent();
    }

    /// A session that computes does not notice that its server is gone, and keeps the shared memory
    /// that makes PostgreSQL refuse the next start.
    @Test
    void endsASessionThatOutlivedItsServer() throws Exception {
        createRows();
        ProcessHandle session;
        try (EmbeddedPostgres server = scratch.start()) {
            CountDownLatch running = new CountDownLatch(1);
            Connection connection = Scratch.connect(server);
            session = ProcessHandle.of(Long.parseLong(pidOf(connection))).orElseThrow();
            Thread.ofVirtual().start(() -> compute(connection, running));
            assertThat(running.await(5, TimeUnit.SECONDS)).isTrue();
            TimeUnit.MILLISECONDS.sleep(300);
            kill(server.pid());
            server.onExit().get(5, TimeUnit.SECONDS);
        }
        assertThat(session.isAlive()).isTrue();
        expectRows();
        assertEnded(session);
    }

    private static String pidOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select pg_backend_pid()")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void compute(Connection connection, CountDownLatch running) {
        try (connection;
                Statement statement = connection.createStatement()) {
            running.countDown();
            statement.execute("do $$ begin loop end loop; end $$");
        } catch (SQLException e) {
            // The server was killed, as intended.
        }
    }

    @Test
    void isNotMisledByAStrangersProcessNumber() throws Exception {
        createRows();
        Launcher launcher = Launcher.as(OsUser.ownerOf(scratch.cluster()), Platform.current());
        // The same user's, so that PostgreSQL itself would believe it.
        Process stranger = launcher.command(Path.of("/"), List.of("/bin/sleep", "60")).start();
        try {
            Path file = PostmasterFile.in(scratch.cluster());
            Files.writeString(file, stranger.pid() + "\n" + scratch.cluster() + "\n1\n5432\n");
            launcher.user().own(file);
            Files.writeString(
                    scratch.data().resolve("postgres/socket/.s.PGSQL.5432.lock"),
                    stranger.pid() + "\n");
            expectRows();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void replacesAClusterThatWasHalfMade() throws Exception {
        try (EmbeddedPostgres server = scratch.start()) {
            assertThat(server.isAlive()).isTrue();
        }
        // As after a kill during initdb: the parts lie under the provisional name.
        Files.move(scratch.cluster(), scratch.cluster().resolveSibling("pgdata.new"));
        Files.writeString(scratch.data().resolve("postgres/initdb.password"), "old");
        createRows();
        expectRows();
        assertThat(scratch.cluster().resolveSibling("pgdata.new")).doesNotExist();
        assertThat(scratch.data().resolve("postgres/initdb.password")).doesNotExist();
    }

    private void createRows() throws SQLException {
        try (EmbeddedPostgres server = scratch.start()) {
            Scratch.execute(server, "create table rows as select 7 as n");
        }
    }

    private void expectRows() throws SQLException {
        try (EmbeddedPostgres server = scratch.start()) {
            assertThat(Scratch.ask(server, "select n from rows")).isEqualTo("7");
        }
    }

    /// With patience: collecting dead orphans is up to the system's first process.
    private static void assertEnded(ProcessHandle process) {
        assertThat(Waiting.forExit(process, Duration.ofSeconds(20))).isTrue();
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }
}
