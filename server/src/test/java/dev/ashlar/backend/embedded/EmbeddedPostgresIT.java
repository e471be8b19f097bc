package dev.ashlar.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// First start, later starts, and how the server runs.
class EmbeddedPostgresIT {
    private Scratch scratch;

    @BeforeEach
    void make() throws IOException {
        scratch = new Scratch();
    }

    @AfterEach
    void clear() throws IOException {
        scratch.close();
    }

    @Test
    void keepsDataFromStartToStart() throws SQLException {
        try (EmbeddedPostgres server = scratch.start()) {
            Scratch.execute(server, "create table kept as select 42 as n");
        }
        try (EmbeddedPostgres server = scratch.start()) {
            assertThat(Scratch.ask(server, "select n from kept")).isEqualTo("42");
        }
    }
}
