package dev.ashlar.app.postgrest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgrestRulesTest {
    private static PostgrestSettings of(String key, String value) {
        return PostgrestSettings.of(
                "", Map.of("PGRST_" + key.replace('-', '_').toUpperCase(Locale.ROOT), value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jwt-secret | short | The JWT secret must be at least 32 characters long.",
                "jwt-aud | http://%%$$^^.test | jwt-aud should be a string or a valid URI",
                "jwt-role-claim-key | role | failed to parse jwt-role-claim-key value (role)",
                "jwt-role-claim-key | $.a[ | failed to parse jwt-role-claim-key value ($.a[)",
                "log-level | loud | Invalid log level. Check your configuration.",
                "openapi-mode | all | Invalid openapi-mode. Check your configuration.",
                "client-error-verbosity | terse | Invalid client-error-verbosity. Check your configuration.",
                "db-tx-end | maybe | Invalid transaction termination. Check your configuration.",
                "db-schemas | pg_catalog | db-schemas does not allow schema: 'pg_catalog'",
                "db-schemas | a, information_schema | db-schemas does not allow schema: 'information_schema'",
                "openapi-server-proxy-uri | here | Malformed proxy uri, a correct example: https://example.com:8443/basePath",
                "server-unix-socket-mode | 888 | Invalid server-unix-socket-mode: not an octal",
                "server-unix-socket-mode | 577 | Invalid server-unix-socket-mode: needs to be between 600 and 777",
                "admin-server-unix-socket-mode | 1000 | Invalid admin-server-unix-socket-mode: needs to be between 600 and 777",
                "admin-server-port | 3000 | admin-server-port cannot be the same as server-port",
                "db-pool | many | db-pool is a number, such as 10",
                "db-config | perhaps | db-config is true or false",
            })
    void whatCannotHoldIsRefused(String key, String value, String message) {
        assertThatThrownBy(of(key, value)::checked)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jwt-aud | https://shop.test",
                "jwt-aud | shop",
                "jwt-role-claim-key | $.app.roles[0]",
                "jwt-role-claim-key | .role",
                "server-unix-socket-mode | 777",
                "admin-server-port | 3001",
                "log-level | debug",
                "unknown-setting | anything",
            })
    void whatCanHoldDoes(String key, String value) {
        assertThatCode(of(key, value)::checked).doesNotThrowAnyException();
    }

    @Test
    void theSamePortTwiceIsNoMatterOnASocketOfItsOwn() {
        Map<String, String> both =
                Map.of("PGRST_SERVER_PORT", "3001", "PGRST_ADMIN_SERVER_PORT", "3001");
        assertThatThrownBy(PostgrestSettings.of("", both)::checked).hasMessageContaining("same");
        assertThatCode(PostgrestSettings.of("server-unix-socket = \"/tmp/a.sock\"", both)::checked)
                .doesNotThrowAnyException();
    }

    @Test
    void theDatabaseHasNoSayInWhatIsTheOperators() {
        PostgrestSettings all =
                PostgrestSettings.of("server-port = 3000", Map.of())
                        .with(
                                Map.of(
                                        "server_port", "1",
                                        "db_uri", "postgres://elsewhere/db",
                                        "log_level", "debug",
                                        "db_channel", "x",
                                        "jwt_cache_max_entries", "7"));
        assertThat(all.value("server-port")).isEqualTo("3000");
        assertThat(all.value("db-uri")).isEqualTo("postgresql://");
        assertThat(all.value("log-level")).isEqualTo("error");
        assertThat(all.value("db-channel")).isEqualTo("pgrst");
        assertThat(all.value("jwt-cache-max-entries")).isEqualTo("7");
    }
}
