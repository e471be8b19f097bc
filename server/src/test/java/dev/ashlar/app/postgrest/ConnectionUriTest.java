package dev.ashlar.app.postgrest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.backend.postgres.PostgresAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionUriTest {
    private static final Map<String, String> PG =
            Map.of(
                    "PGHOST", "db.test",
                    "PGPORT", "5433",
                    "PGUSER", "ada",
                    "PGPASSWORD", "s&c:r@t",
                    "PGDATABASE", "shop");

    @Test
    void aWholeUriIsTakenAsItIs() {
        PostgresAddress address = address("postgres://bob:p%40ss@h.test:6000/d", PG);
        assertThat(address.host() + ":" + address.port()).isEqualTo("h.test:6000");
        assertThat(address.user() + "/" + address.database()).isEqualTo("bob/d");
        assertThat(address.password().reveal()).isEqualTo("p@ss");
    }

    @Test
    void theEnvironmentFillsWhatIsNotSaid() {
        PostgresAddress all = address("postgresql://", PG);
        assertThat(all.host() + ":" + all.port()).isEqualTo("db.test:5433");
        assertThat(all.user() + "/" + all.database()).isEqualTo("ada/shop");
        assertThat(all.password().reveal()).isEqualTo("s&c:r@t");
        assertThat(ConnectionUri.of("", PG)).isEqualTo(ConnectionUri.of("postgresql://", PG));
        assertThat(address("postgres://bob@h.test/d", PG).password().reveal()).isEqualTo("s&c:r@t");
        assertThat(address("postgres:///other", PG).database()).isEqualTo("other");
        PostgresAddress noHost = address("postgres://bob@/other", PG);
        assertThat(noHost.user() + "@" + noHost.host() + ":" + noHost.port())
                .isEqualTo("bob@db.test:5433");
    }

    @Test
    void severalHostsAreTriedInTheirOrder() {
        List<String> uris =
                ConnectionUri.of(
                        "postgres://bob@one.test,two.test:6000,[::1]/d?target_session_attrs=read-write",
                        Map.of());
        assertThat(uris.stream().map(PostgresAddress::parse))
                .extracting(at -> at.host() + " " + at.port())
                .containsExactly("one.test 5432", "two.test 6000", "::1 5432");
        assertThat(
                        ConnectionUri.of("host=a,b port=1,2 user=u", Map.of()).stream()
                                .map(PostgresAddress::parse))
                .extracting(at -> at.host() + " " + at.port())
                .containsExactly("a 1", "b 2");
        assertThatThrownBy(() -> ConnectionUri.of("host=a,b,c port=1,2 user=u", Map.of()))
                .hasMessageContaining("port");
        assertThat(ConnectionUri.target("host=a target_session_attrs=standby", Map.of()))
                .isEqualTo("standby");
        assertThat(ConnectionUri.target("", Map.of("PGTARGETSESSIONATTRS", "primary")))
                .isEqualTo("primary");
        assertThat(ConnectionUri.target("postgres://h/d", Map.of())).isEqualTo("any");
    }

    @Test
    void thePasswordMayBeInAFile(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("pass"),
                        "# mine\nelse.test:*:*:ada:no\nh.test:5432:*:ada:y\\:es\nlocalhost:*:*:*:local\n");
        Map<String, String> environment = Map.of("PGPASSFILE", file.toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(address("postgres://ada@h.test/d", environment).password().reveal())
                .as("others may read it")
                .isEmpty();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(address("postgres://ada@h.test/d", environment).password().reveal())
                .isEqualTo("y:es");
        assertThat(address("postgres://bob@h.test/d", environment).password().reveal()).isEmpty();
        assertThat(address("host=/run/pg user=bob", environment).password().reveal())
                .isEqualTo("local");
        assertThat(address("postgres://ada:own@h.test/d", environment).password().reveal())
                .isEqualTo("own");
    }

    @Test
    void filesOfTls() {
        Map<String, String> environment =
                Map.of(
                        "PGSSLMODE", "verify-full",
                        "PGSSLROOTCERT", "/etc/own ca.crt",
                        "PGSSLCERT", "/etc/own.crt",
                        "PGSSLKEY", "/etc/own.key");
        PostgresAddress address = address("postgres://bob@h.test/d", environment);
        assertThat(address.tls()).isEqualTo(PostgresAddress.Tls.VERIFY_FULL);
        assertThat(address.tlsFiles().sslrootcert()).contains(Path.of("/etc/own ca.crt"));
        assertThat(address.tlsFiles().sslcert()).contains(Path.of("/etc/own.crt"));
        assertThat(address.tlsFiles().sslkey()).contains(Path.of("/etc/own.key"));
    }

    @Test
    void whatNobodyEncodedIsTakenAsItStands() {
        PostgresAddress address = address("postgres://bob:a/b#c?d@h.test:1/d", Map.of());
        assertThat(address.password().reveal()).isEqualTo("a/b#c?d");
        assertThat(address.host() + ":" + address.port()).isEqualTo("h.test:1");
    }

    @Test
    void pairsOfKeyAndValue() {
        PostgresAddress address =
                address("host=/run/pg  port = 5444 user=ada password='a b\\'c'", Map.of());
        assertThat(address.host()).isEqualTo("/run/pg");
        assertThat(address.port()).isEqualTo(5444);
        assertThat(address.password().reveal()).isEqualTo("a b'c");
    }

    @Test
    void anythingElseIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> ConnectionUri.of("host=h hunter22", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("db-uri")
                .hasMessageNotContaining("hunter22");
    }

    private static PostgresAddress address(String text, Map<String, String> environment) {
        return PostgresAddress.parse(ConnectionUri.of(text, environment).getFirst());
    }
}
