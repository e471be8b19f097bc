package dev.ashlar.backend.postgres.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The example app's migrations, and its own proof that its policies hold.
class InterviewTrainerIT {
    private static final Path EXAMPLE = Path.of("../examples/interview-trainer");

    private DatabaseForTests database;

    @BeforeEach
    void migrate() {
        database = PostgresForTests.fresh();
        Migrations.embedded(
                        database.address("ashlar_admin"),
                        Map.of("postgres", database.address("postgres").password()),
                        EXAMPLE.resolve("migrations"))
                .up(List.of("public"), _ -> {});
    }

    @AfterEach
    void end() {
        database.drop();
    }

    @Test
    void hasSixtyQuestionsWithBothAnswers() {
        assertThat(
                        database.ask(
                                """
                                select count(*) from questions
                                where number between 1 and 60 and answer <> '' and answer_full <> ''\
                                """))
                .isEqualTo("60");
    }

    @Test
    void itsPoliciesHold() throws IOException {
        // What is for psql alone: lines that start with a backslash, and where output goes.
        String proof =
                Files.readAllLines(EXAMPLE.resolve("tests/policies.sql")).stream()
                        .filter(line -> !line.startsWith("\\"))
                        .map(line -> line.replace(" \\g /dev/null", ";"))
                        .collect(Collectors.joining("\n"));
        assertThat(proof).contains("pg_temp.refused(");
        assertThatCode(() -> database.execute(proof)).doesNotThrowAnyException();
    }
}
