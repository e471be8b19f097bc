package dev.ashlar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.backend.embedded.EmbeddedPostgresException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file of secrets: made once, kept to its owner, never overwritten.
class SecretsIT {
    @TempDir private Path top;

    @Test
    void makesThemOnceForTheOwnerOnly() throws IOException {
        Secrets made = Secrets.loadOrCreate(data());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        Secrets read = Secrets.loadOrCreate(data());
        assertThat(values(read)).isEqualTo(values(made));
        assertThat(read.issuedAt()).isEqualTo(made.issuedAt());
        assertThat(new HashSet<>(values(made))).hasSize(6).allMatch(value -> value.length() == 43);
        try (var files = Files.list(data())) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void givesEveryDirectoryItsOwn() {
        Set<String> one = new HashSet<>(values(Secrets.loadOrCreate(top.resolve("one"))));
        assertThat(values(Secrets.loadOrCreate(top.resolve("two"))))
                .doesNotContainAnyElementsOf(one);
    }

    @Test
    void printsNone() {
        Secrets secrets = Secrets.loadOrCreate(data());
        assertThat(values(secrets)).noneMatch(value -> secrets.toString().contains(value));
    }

    @Test
    void refusesAFileThatOthersCanRead() throws IOException {
        Secrets.loadOrCreate(data());
        for (String mode : List.of("rw-r-----", "rw----r--", "rw-rw-rw-")) {
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));
            expectRefusal("chmod 600");
        }
    }

    @Test
    void refusesADamagedFileAndLeavesIt() throws IOException {
        Secrets.loadOrCreate(data());
        String whole = Files.readString(file());
        List<String> damages =
                List.of(
                        "",
                        whole.substring(0, whole.length() - 20),
                        whole.replaceFirst("(?m)^JWT_SECRET=.*\n", ""),
                        whole.replaceFirst("(?m)^ISSUED_AT=.*$", "ISSUED_AT=yesterday"),
                        whole.replaceFirst("(?m)^JWT_SECRET=.*$", "JWT_SECRET=short"),
                        whole + "JWT_SECRET=" + "x".repeat(40) + "\n",
                        whole + "\0\0\0\0");
        for (String damage : damages) {
            Files.writeString(file(), damage);
            expectRefusal("is damaged");
            assertThat(Files.readString(file())).isEqualTo(damage);
        }
    }

    @Test
    void tellsNoSecretWhenItComplains() throws IOException {
        Secrets.loadOrCreate(data());
        Files.writeString(file(), "PASSWORD_POSTGRESS=hunter2hunter2\n");
        assertThatThrownBy(() -> Secrets.loadOrCreate(data()))
                .hasMessageContaining("line 1")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void makesNoNewOnesForAnExistingDatabase() throws IOException {
        Secrets.loadOrCreate(data());
        Path cluster = Files.createDirectories(data().resolve("postgres/pgdata"));
        Files.writeString(cluster.resolve("PG_VERSION"), "18\n");
        Files.writeString(data().resolve("ashlar.lock"), "");
        Files.delete(file());
        expectRefusal("is missing");
        assertThat(file()).doesNotExist();
    }

    @Test
    void refusesSomebodysDirectory() throws IOException {
        Files.createDirectories(data());
        Files.writeString(data().resolve("thesis.txt"), "mine");
        expectRefusal("was not made by Ashlar");
        assertThat(file()).doesNotExist();
    }

    @Test
    void agreesWhenSeveralStartAtOnce() throws Exception {
        Set<List<String>> seen = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<List<String>> start = () -> values(Secrets.loadOrCreate(data()));
            for (Future<List<String>> future : threads.invokeAll(Collections.nCopies(8, start))) {
                seen.add(future.get());
            }
        }
        assertThat(seen).hasSize(1);
    }

    private void expectRefusal(String words) {
        assertThatThrownBy(() -> Secrets.loadOrCreate(data()))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining(words);
    }

    private Path data() {
        return top.resolve("data");
    }

    private Path file() {
        return data().resolve("secrets.env");
    }

    private static List<String> values(Secrets secrets) {
        return List.of(
                secrets.jwtSecret().reveal(),
                secrets.ashlarAdmin().reveal(),
                secrets.postgres().reveal(),
                secrets.authenticator().reveal(),
                secrets.authAdmin().reveal(),
                secrets.storageAdmin().reveal());
    }
}
