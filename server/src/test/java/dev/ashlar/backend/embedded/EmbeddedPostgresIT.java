package dev.ashlar.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// First start, later starts, and how the server runs.
class EmbeddedPostgresIT {
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
    void keepsDataFromStartToStart() throws Exception {
        FileTree.delete(scratch.data());
        try (EmbeddedPostgres server = scratch.start()) {
            Scratch.execute(server, "create table kept as select 42 as n");
        }
        try (EmbeddedPostgres server = scratch.start()) {
            assertThat(Scratch.ask(server, "select n from kept")).isEqualTo("42");
        }
        assertThat(scratch.steps).containsOnlyOnce("Creating the database");
    }

    @Test
    void isDurableChecksummedAndReadyForReplication() throws SQLException {
        try (EmbeddedPostgres server = scratch.start()) {
            String settings =
                    Scratch.ask(
                            server,
                            "select string_agg(name || '=' || setting, ' ' order by name)"
                                    + " from pg_settings where name in ('data_checksums', 'fsync',"
                                    + " 'listen_addresses', 'max_slot_wal_keep_size',"
                                    + " 'server_encoding', 'synchronous_commit', 'wal_level')");
            assertThat(settings)
                    .isEqualTo(
                            "data_checksums=on fsync=on listen_addresses="
                                    + " max_slot_wal_keep_size=2048 server_encoding=UTF8"
                                    + " synchronous_commit=on wal_level=logical");
            assertThat(
                            Scratch.ask(
                                    server,
                                    "select string_agg(name || ': ' || error, ',') from pg_file_settings where"
                                            + " error is not null"))
                    .isNull();
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws SQLException {
        try (EmbeddedPostgres server = scratch.start()) {
            assertThatThrownBy(() -> Scratch.connect(server, "another password"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(Scratch.ask(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void runsUnprivilegedAndOnFilesOfItsUser() throws IOException {
        try (EmbeddedPostgres server = scratch.start()) {
            int uid = (int) Files.getAttribute(Path.of("/proc/" + server.pid()), "unix:uid");
            assertThat(uid).isNotZero();
            assertThat((int) Files.getAttribute(scratch.cluster(), "unix:uid")).isEqualTo(uid);
            assertThat(permissions(scratch.cluster())).isEqualTo("rwx------");
            assertThat(permissions(server.socketDirectory())).isEqualTo("rwx------");
            assertThat(permissions(scratch.data().resolve("log"))).isEqualTo("rwx------");
        }
    }

    @Test
    void showsThePasswordInNoProcessAndLeavesItInNoFile() throws Exception {
        FileTree.delete(scratch.data());
        Set<String> seen = ConcurrentHashMap.newKeySet();
        Thread watcher = Thread.ofPlatform().start(() -> watchProcesses(seen));
        try (EmbeddedPostgres server = scratch.start()) {
            assertThat(server.isAlive()).isTrue();
        } finally {
            watcher.interrupt();
            watcher.join();
        }
        assertThat(seen).anyMatch(text -> text.contains("initdb"));
        assertThat(seen).noneMatch(text -> text.contains(Scratch.PASSWORD.reveal()));
        try (var files = Files.walk(scratch.data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(content.contains(Scratch.PASSWORD.reveal())).as("%s", file).isFalse();
            }
        }
    }

    private static void watchProcesses(Set<String> seen) {
        while (!Thread.currentThread().isInterrupted()) {
            try (DirectoryStream<Path> processes =
                    Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                for (Path process : processes) {
                    remember(process.resolve("cmdline"), seen);
                    remember(process.resolve("environ"), seen);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void remember(Path file, Set<String> seen) {
        try {
            seen.add(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // The process has ended.
        }
    }

    @Test
    void refusesASecondStartInThisProcessAndLeavesTheFirstAlone() throws SQLException {
        try (EmbeddedPostgres server = scratch.start()) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(scratch::start)
                        .isInstanceOf(EmbeddedPostgresException.class)
                        .hasMessageContaining("Another Ashlar")
                        .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
            }
            assertThat(Scratch.ask(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void refusesADirectoryThatAnotherProcessHolds() throws IOException {
        try (OtherAshlar other = OtherAshlar.start(scratch)) {
            assertThatThrownBy(scratch::start)
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("process " + other.pid());
            assertThat(other.postgres().isAlive()).isTrue();
        }
    }

    @Test
    void opensAPortOnLoopbackOnlyWhenAsked() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        try (EmbeddedPostgres server = scratch.start(Scratch.config(port));
                Socket client = new Socket()) {
            client.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 1_000);
            assertThat(client.isConnected()).isTrue();
            assertThat(server.port()).isEqualTo(port);
            assertThat(Scratch.ask(server, "show listen_addresses")).isEqualTo("127.0.0.1");
        }
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> scratch.start(Scratch.config(port)))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("Port " + port)
                    .hasMessageContaining("embedded.port");
        }
    }

    @Test
    void tellsWhenTheServerEnds() throws Exception {
        EmbeddedPostgres stopped = scratch.start();
        stopped.stop();
        stopped.stop();
        assertThat(stopped.isAlive()).isFalse();
        PostgresExit asked = stopped.onExit().get(5, TimeUnit.SECONDS);
        assertThat(asked.cause()).isEqualTo(PostgresExit.Cause.STOPPED);
        assertThat(asked.status()).isZero();

        try (EmbeddedPostgres killed = scratch.start()) {
            ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
            PostgresExit exit = killed.onExit().get(5, TimeUnit.SECONDS);
            assertThat(exit.cause()).isEqualTo(PostgresExit.Cause.UNEXPECTED);
        }
    }

    @Test
    void putsTheSocketElsewhereWhenThePathIsTooLong() throws Exception {
        Path deep = scratch.top.resolve("a-long-name-of-a-directory/".repeat(5));
        try (EmbeddedPostgres server =
                EmbeddedPostgres.start(Scratch.config(), deep, Scratch.PASSWORD, _ -> {})) {
            Path directory = server.socketDirectory();
            assertThat(directory.startsWith(deep)).isFalse();
            assertThat(permissions(directory)).isEqualTo("rwx------");
            assertThat(Scratch.ask(server, "select 1")).isEqualTo("1");
            server.stop();
            FileTree.delete(directory);
        }
    }

    @Test
    void worksBelowADirectoryThatTheServersUserMayNotPass() throws Exception {
        assumeThat(OsUser.current().isRoot()).isTrue();
        Path closed = Files.createDirectory(scratch.top.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        Path data = closed.resolve("data");
        for (String expected : List.of("1", "2")) {
            try (EmbeddedPostgres server =
                    EmbeddedPostgres.start(Scratch.config(), data, Scratch.PASSWORD, _ -> {})) {
                Scratch.execute(server, "create table if not exists starts (at timestamptz)");
                Scratch.execute(server, "insert into starts values (now())");
                assertThat(Scratch.ask(server, "select count(*) from starts")).isEqualTo(expected);
                // Sorting on disk and parallel workers reach their files by the same road.
                Scratch.execute(
                        server,
                        "set work_mem = '64kB'; set debug_parallel_query = on;"
                                + " select count(*) from (select g from generate_series(1, 50000) g"
                                + " order by random()) x");
                assertThat(server.socketDirectory()).startsWith(data);
            }
        }
    }

    @Test
    void logsWithoutValues() throws Exception {
        try (EmbeddedPostgres server = scratch.start()) {
            Scratch.execute(server, "create table t (email text primary key)");
            Scratch.execute(server, "insert into t values ('ada@example.org')");
            assertThatThrownBy(() ->
                            Scratch.execute(server, "insert into t values ('ada@example.org')"))
                    .isInstanceOf(SQLException.class);
        }
        String log = logText();
        assertThat(log).contains("duplicate key value").doesNotContain("ada@example.org");
    }

    @Test
    void deletesTheOldestLogs() throws Exception {
        try (EmbeddedPostgres server = scratch.start()) {
            assertThat(server.isAlive()).isTrue();
        }
        Path log = scratch.data().resolve("log");
        for (int day = 10; day < 30; day++) {
            Files.writeString(log.resolve("postgres-201001" + day + "-000000.log"), "old");
        }
        new ServerLog(DataDirectory.open(scratch.data())).prune();
        try (var files = Files.list(log)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(10)
                    .doesNotContain("postgres-20100120-000000.log")
                    .contains("postgres-20100129-000000.log")
                    .anyMatch(name -> !name.contains("2010"));
        }
    }

    @Test
    void obeysTheOperatorsOwnFileAndShowsWhatPostgresSays() throws Exception {
        try (EmbeddedPostgres server = scratch.start()) {
            assertThat(Scratch.ask(server, "show max_connections")).isEqualTo("100");
        }
        Path custom = scratch.cluster().resolve("custom.conf");
        Files.writeString(custom, "max_connections = 37\n");
        try (EmbeddedPostgres server = scratch.start()) {
            assertThat(Scratch.ask(server, "show max_connections")).isEqualTo("37");
        }
        Files.writeString(custom, "max_connections = many\n");
        assertThatThrownBy(scratch::start)
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("did not start")
                .hasMessageContaining("max_connections");
        Files.delete(custom);
        try (EmbeddedPostgres server = scratch.start()) {
            assertThat(server.isAlive()).isTrue();
        }
    }

    private String logText() throws IOException {
        StringBuilder text = new StringBuilder();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(scratch.data().resolve("log"))) {
            for (Path file : files) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
