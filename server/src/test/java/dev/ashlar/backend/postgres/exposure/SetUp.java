package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.policy.exposure.Callers;
import dev.ashlar.policy.exposure.ExposureReport;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Finding;
import dev.ashlar.policy.exposure.Severity;
import dev.ashlar.policy.exposure.rule.Judge;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A file of the corpus: a small schema that holds one mistake, or none. The lines of comment at
/// its top say which (`-- expect: code|code object|object role`), and what else it needs.
///
/// @param headers `wrong`, `expect` and so on, each with its text
/// @param script the SQL
record SetUp(String name, Map<String, String> headers, String script) {
    /// One that stands for every object.
    private static final String ANY = "*";

    static List<SetUp> all(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().map(SetUp::load).toList();
        }
    }

    private static SetUp load(Path file) {
        try {
            String script = Files.readString(file);
            Map<String, String> headers =
                    script.lines()
                            .filter(line -> line.startsWith("-- "))
                            .map(line -> line.substring(3).split(":", 2))
                            .collect(
                                    Collectors.toMap(
                                            words -> words[0],
                                            words -> words.length > 1 ? words[1].strip() : ""));
            return new SetUp(file.getFileName().toString(), headers, script);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean plain() {
        return headers.containsKey("plain");
    }

    private boolean bySuperuser() {
        return headers.containsKey("as");
    }

    /// The PostgreSQL from which on its script can run.
    int since() {
        return Integer.parseInt(headers.getOrDefault("since", "14").split(",", 2)[0]);
    }

    private List<String> schemas() {
        return List.of(headers.getOrDefault("schemas", "public").split(",", -1));
    }

    private Callers callers() {
        String roles = headers.getOrDefault("roles", "");
        return new Callers(
                "anon",
                "authenticated",
                "service_role",
                roles.isEmpty() ? List.of() : List.of(roles.split(",", -1)));
    }

    /// A new database with what the script makes.
    DatabaseForTests make() {
        DatabaseForTests database = plain() ? PostgresForTests.plain() : PostgresForTests.fresh();
        database.executeAs(maker(), script);
        return database;
    }

    /// As whom the script runs, and whoever mends it.
    String maker() {
        return bySuperuser() ? "ashlar_admin" : "postgres";
    }

    /// In the transaction of the connection, and what that has done so far.
    ExposureReport look(Connection connection) throws SQLException {
        Facts facts = FactsReader.read(connection, schemas(), callers());
        return Judge.report(facts, Prober.probe(connection, facts));
    }

    /// Roles belong to the cluster: a script that makes one says how it goes.
    void drop(DatabaseForTests database) {
        String undo = headers.getOrDefault("undo", "");
        if (!undo.isEmpty()) {
            database.executeAs("ashlar_admin", undo);
        }
        database.drop();
    }

    /// The code by which it is named, the first where several would do.
    String code() {
        return headers.getOrDefault("expect", "").split("[| ]", -1)[0];
    }

    /// Whether a finding names the mistake: an expected code, on that object, and grave enough.
    boolean named(Finding finding) {
        String[] words = headers.getOrDefault("expect", "").split(" ", -1);
        List<String> codes = List.of(words[0].split("\\|", -1));
        List<String> objects = List.of(words[1].split("\\|", -1));
        return codes.contains(finding.code().word())
                && objects.stream().anyMatch(object -> meant(object, finding))
                && (words.length < 3 || words[2].equals(finding.role()))
                && finding.severity().compareTo(least()) <= 0;
    }

    /// Of a routine the file names no arguments.
    private static boolean meant(String object, Finding finding) {
        return object.equals(ANY)
                || finding.object().equals(object)
                || finding.object().startsWith(object + "(");
    }

    private Severity least() {
        return switch (headers.getOrDefault("least", "medium")) {
            case "info" -> Severity.INFO;
            case "low" -> Severity.LOW;
            default -> Severity.MEDIUM;
        };
    }
}
