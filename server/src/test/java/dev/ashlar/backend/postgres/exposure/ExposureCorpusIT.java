package dev.ashlar.backend.postgres.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Mistakes that people make are found and named, and what is right raises no alarm. Each file is a
/// database of its own. What came of it stands in `target/exposure-corpus.txt`;
/// `-Dcorpus.only=112.*` tries the files whose names match, and [PostgresForTests] says how to try
/// them on another version of PostgreSQL (`-Dashlar.test.postgres=...`).
class ExposureCorpusIT {
    private static final Path CORPUS = Path.of("src/test/resources/exposure");
    private static final String ONLY = System.getProperty("corpus.only", ".*");
    private static final double NAMED_AT_LEAST = 0.98;
    private static final List<String> REPORT = new ArrayList<>();

    @Test
    void mistakes_are_named() throws IOException {
        List<SetUp> wrong = setUps("wrong");
        List<String> missed =
                wrong.parallelStream().flatMap(each -> missed(each).stream()).toList();
        tell("wrong: %d set-ups, %d named".formatted(wrong.size(), wrong.size() - missed.size()));
        missed.forEach(ExposureCorpusIT::tell);
        assertThat((wrong.size() - missed.size()) / (double) wrong.size())
                .as(String.join("\n", missed))
                .isGreaterThanOrEqualTo(NAMED_AT_LEAST);
    }

    @Test
    void what_is_right_raises_no_alarm() throws IOException {
        List<SetUp> right = setUps("right");
        List<String> alarms = right.parallelStream().flatMap(each -> alarm(each).stream()).toList();
        tell("right: %d set-ups, %d false alarms".formatted(right.size(), alarms.size()));
        alarms.forEach(ExposureCorpusIT::tell);
        assertThat(alarms).isEmpty();
    }

    @Test
    void the_corpus_is_large_enough() throws IOException {
        assertThat(SetUp.all(CORPUS.resolve("wrong"))).hasSizeGreaterThanOrEqualTo(170);
        assertThat(SetUp.all(CORPUS.resolve("right"))).hasSizeGreaterThanOrEqualTo(77);
    }

    @AfterAll
    static void keep() throws IOException {
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/exposure-corpus.txt"), REPORT);
    }

    private static List<SetUp> setUps(String kind) throws IOException {
        int version = version();
        return SetUp.all(CORPUS.resolve(kind)).stream()
                .filter(each -> each.name().matches(ONLY))
                .filter(each -> each.since() <= version)
                .toList();
    }

    private static int version() {
        DatabaseForTests database = PostgresForTests.plain();
        try {
            String number = database.ask("show server_version_num");
            return Integer.parseInt(String.valueOf(number)) / 10_000;
        } finally {
            database.drop();
        }
    }

    private static Optional<String> missed(SetUp wrong) {
        List<Finding> findings = findings(wrong);
        return findings.stream().anyMatch(wrong::named)
                ? Optional.empty()
                : Optional.of(told(wrong, wrong.headers().getOrDefault("expect", ""), findings));
    }

    private static Optional<String> alarm(SetUp right) {
        List<Finding> grave =
                findings(right).stream()
                        .filter(finding -> finding.severity().compareTo(Severity.MEDIUM) <= 0)
                        .toList();
        return grave.isEmpty() ? Optional.empty() : Optional.of(told(right, "nothing", grave));
    }

    private static List<Finding> findings(SetUp setUp) {
        DatabaseForTests database = setUp.make();
        try (Connection connection = JdbcConnections.open(database.jdbc(), "ashlar-corpus")) {
            List<Finding> findings = setUp.look(connection).findings();
            connection.rollback();
            return findings;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot look at " + setUp.name(), e);
        } finally {
            setUp.drop(database);
        }
    }

    private static String told(SetUp setUp, String expected, List<Finding> findings) {
        return "  %s expected %s, found %s"
                .formatted(
                        setUp.name(),
                        expected,
                        findings.stream()
                                .map(finding ->
                                        "%s %s %s %s"
                                                .formatted(
                                                        finding.severity()
                                                                .name()
                                                                .toLowerCase(Locale.ROOT),
                                                        finding.code().word(),
                                                        finding.object(),
                                                        finding.role()))
                                .collect(Collectors.joining("; ")));
    }

    private static void tell(String line) {
        REPORT.add(line);
        System.out.println(line);
    }
}
