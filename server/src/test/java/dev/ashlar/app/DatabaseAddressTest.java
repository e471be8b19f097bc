package dev.ashlar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// What keeps a database from being used is said at the start, with what to do.
class DatabaseAddressTest {
    @Test
    void aFileThatIsNotThere() {
        assertThatThrownBy(() -> Database.address("database.url", url("/nowhere/ca.crt")))
                .isInstanceOfSatisfying(
                        StartFailure.class, failure -> assertThat(failure.advice()).contains("PEM"))
                .hasMessageContaining("database.url cannot be used: sslrootcert /nowhere/ca.crt")
                .hasMessageContaining("does not exist")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void anAuthorityThatNobodyWouldAsk() {
        assertThatThrownBy(() ->
                        Database.address("database.url", "postgres://u:hunter2@h/d?sslrootcert=a"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("write sslmode=verify-full")
                .hasMessageNotContaining("hunter2");
    }

    private static String url(String root) {
        return "postgres://u:hunter2@h/d?sslmode=verify-full&sslrootcert=" + root;
    }
}
