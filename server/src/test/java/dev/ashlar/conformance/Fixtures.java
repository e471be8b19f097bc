package dev.ashlar.conformance;

import dev.ashlar.app.StartFailure;
import dev.ashlar.backend.embedded.EmbeddedPostgres;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The databases that cases run on, one for each fixture: `schema-FIXTURE.sql` makes it and
/// `rows-FIXTURE.sql` puts its rows back after a case that writes.
final class Fixtures {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private static final int MOST_SERVED = 3;

    private final Path scripts;
    private final Map<String, Fixture> fixtures = new HashMap<>();

    Fixtures(Path scripts) {
        this.scripts = scripts;
    }

    /// What is wrong with the answers to a case; empty for nothing.
    String faults(Case one, Path folder) {
        Map<String, String> settings = new TreeMap<>(one.settings());
        String name = settings.remove("fixture");
        if (name == null) {
            throw new IllegalStateException(one.name() + " names no fixture");
        }
        return fixtures.computeIfAbsent(name, this::open).faults(one, settings, folder);
    }

    private Fixture open(String name) {
        DatabaseForTests database = PostgresForTests.fresh();
        database.executeAs(EmbeddedPostgres.SUPERUSER, text("schema-" + name + ".sql"));
        return new Fixture(database, text("rows-" + name + ".sql"));
    }

    private String text(String file) {
        try {
            return Files.readString(scripts.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close() {
        fixtures.values().forEach(Fixture::close);
    }

    private static final class Fixture {
        private final DatabaseForTests database;
        private final String rows;
        private final LinkedHashMap<Map<String, String>, Served> served =
                new LinkedHashMap<>(16, 0.75f, true);
        private boolean fresh;

        Fixture(DatabaseForTests database, String rows) {
            this.database = database;
            this.rows = rows;
        }

        String faults(Case one, Map<String, String> settings, Path folder) {
            if (!fresh) {
                database.executeAs(EmbeddedPostgres.SUPERUSER, rows);
            }
            fresh = one.steps().stream().allMatch(step -> READING.contains(step.method()));
            Served server;
            try {
                server = serving(settings, folder);
            } catch (StartFailure e) {
                return "does not start: " + e.getMessage();
            }
            StringBuilder faults = new StringBuilder();
            for (Case.Step step : one.steps()) {
                HttpResponse<String> answer = server.send(step);
                List<String> wrong = Expectation.faults(step.expected(), answer);
                wrong.forEach(fault ->
                        faults.append(step.method() + " " + step.target() + ": " + fault + "\n"));
            }
            return faults.toString();
        }

        /// Each server holds connections, of which the database has a hundred.
        private Served serving(Map<String, String> settings, Path folder) {
            Served known = served.get(settings);
            if (known != null) {
                return known;
            }
            if (served.size() == MOST_SERVED) {
                served.pollFirstEntry().getValue().close();
            }
            Served server = new Served(database, settings, folder);
            served.put(settings, server);
            return server;
        }

        void close() {
            served.values().forEach(Served::close);
            database.drop();
        }
    }
}
