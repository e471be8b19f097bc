package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.backend.postgres.PostgresAddress.Tls;
import dev.ashlar.config.Secret;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The forms of `DATABASE_URL`.
class PostgresAddressTest {
    @ParameterizedTest
    @CsvSource({
        "postgres://u:p@h:1234/d, h, 1234, d, u, p, PREFER",
        "postgresql://u:p@h/d?sslmode=require, h, 5432, d, u, p, REQUIRE",
        "POSTGRES://u@h, h, 5432, u, u, '', PREFER",
        "postgres://u:p%40%2F%3A+x@h/my%20db?sslmode=verify-full, h, 5432, my db, u, p@/:+x, VERIFY_FULL",
        "postgres://u:p@[::1]:6/d, ::1, 6, d, u, p, PREFER",
        "postgres://u:p@/d?host=/var/run/postgresql, /var/run/postgresql, 5432, d, u, p, PREFER",
        "postgres://u:p@%2Ftmp%2Fsock:7/d?sslmode=disable, /tmp/sock, 7, d, u, p, DISABLE",
        "postgres:///d?user=u&password=p&port=9, localhost, 9, d, u, p, PREFER",
    })
    void parses(
            String url,
            String host,
            int port,
            String database,
            String user,
            String password,
            Tls tls) {
        PostgresAddress address = PostgresAddress.parse(url);
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.database()).isEqualTo(database);
        assertThat(address.user()).isEqualTo(user);
        assertThat(address.password().reveal()).isEqualTo(password);
        assertThat(address.tls()).isEqualTo(tls);
        assertThat(address.usesSocket()).isEqualTo(host.startsWith("/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:hunter2@h/d",
                "postgres://u:hunter2@h:port/d",
                "postgres://u:hunter2@h:0/d",
                "postgres://u:hunter2@h/d?sslmode=maybe",
                "postgres://u:hunter2@h/d?sslmode=verify-ca",
                "postgres://u:hunter2@h/d?sslrootcert=/ca.crt",
                "postgres://u:hunter2@h/d?sslmode=prefer&sslrootcert=/ca.crt",
                "postgres://u:hunter2@h/d?sslmode=require&sslrootcert=system",
                "postgres://u:hunter2@h/d?sslmode=require&sslcert=/own.crt",
                "postgres://u:hunter2@h/d?sslmode=require&sslkey=/own.key",
                "postgres://u:hunter2@h/d?sslmode=verify-full&sslrootcert=%00",
                "postgres://u:hunter2%zz@h/d",
                "postgres://u:hunter2?x@h/d",
                "postgres://:hunter2@h/d",
                "hunter2",
            })
    void refusesWithoutShowingThePassword(String url) {
        assertThatThrownBy(() -> PostgresAddress.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({
        "sslmode=verify-full, VERIFY_FULL, ''",
        "sslmode=verify-full&sslrootcert=system, VERIFY_FULL, ''",
        "sslmode=verify-full&sslrootcert=/a%20b.crt, VERIFY_FULL, /a b.crt",
        "sslmode=verify-ca&sslrootcert=ca.crt, VERIFY_CA, ca.crt",
        "sslmode=require&sslrootcert=ca.crt, VERIFY_CA, ca.crt",
        "sslmode=disable&sslrootcert=ca.crt, DISABLE, ca.crt",
    })
    void whoNamesAnAuthorityIsJudgedByIt(String options, Tls tls, String file) {
        PostgresAddress address = PostgresAddress.parse("postgres://u:p@h/d?" + options);
        assertThat(address.tls()).isEqualTo(tls);
        assertThat(address.tlsFiles().sslrootcert().map(Path::toString).orElse("")).isEqualTo(file);
    }

    @Test
    void theFilesGoAlong() {
        PostgresAddress address =
                PostgresAddress.parse(
                        "postgres://u:p@h/d?sslmode=verify-full&sslrootcert=a&sslcert=b&sslkey=c");
        assertThat(address.inDatabase("other").tlsFiles()).isEqualTo(address.tlsFiles());
        assertThat(address.as("other", new Secret("")).tlsFiles()).isEqualTo(address.tlsFiles());
    }

    @Test
    void neverPrintsThePassword() {
        assertThat(PostgresAddress.parse("postgres://u:hunter2@h/d").toString())
                .doesNotContain("hunter2");
    }
}
