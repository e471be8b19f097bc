package dev.ashlar.app;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.policy.PolicyLab;
import dev.ashlar.backend.postgres.policy.PolicyLabException;
import dev.ashlar.config.InvalidConfigException;
import dev.ashlar.ops.policy.SuiteReader;
import dev.ashlar.policy.exposure.Callers;
import dev.ashlar.policy.trial.LabReport;
import dev.ashlar.policy.trial.MutantOutcome;
import dev.ashlar.policy.trial.PolicySuite;
import dev.ashlar.policy.trial.TestOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Policy tests opened for a command: the files read, and a database to run them on.
public final class PolicyTestRun implements AutoCloseable {
    /// Each takes a server process and a copy of the schema.
    private static final int MOST_DATABASES = 4;

    private final List<PolicySuite> suites;
    private final PolicyLab lab;
    private final Optional<ScratchServer> scratch;

    private PolicyTestRun(
            List<PolicySuite> suites, PolicyLab lab, Optional<ScratchServer> scratch) {
        this.suites = suites;
        this.lab = lab;
        this.scratch = scratch;
    }

    /// Reads the files.
    ///
    /// @param named files and folders; else `policy-tests/` beside the folder of the migrations
    /// @throws InvalidConfigException with all faults of all files
    public static List<PolicySuite> read(Config config, Site site, List<Path> named) {
        List<PolicySuite> suites = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        String schema = config.rest().schemas().getFirst();
        for (Path file : files(site, named)) {
            try {
                suites.add(
                        SuiteReader.read(
                                name(file), Files.readString(file), schema, callers(config)));
            } catch (InvalidConfigException e) {
                faults.addAll(e.faults());
            } catch (IOException e) {
                faults.add(name(file) + ": cannot be read: " + e.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidConfigException(faults);
        }
        return suites;
    }

    /// @param database of the user's; empty for a scratch one with the site's migrations
    public static PolicyTestRun open(
            Config config,
            Site site,
            List<PolicySuite> suites,
            Optional<String> database,
            Consumer<String> progress) {
        if (database.isPresent()) {
            return new PolicyTestRun(
                    suites,
                    lab(config, List.of(Database.address("--database-url", database.get()))),
                    Optional.empty());
        }
        progress.accept("Making a scratch database from " + site.migrations());
        ScratchServer scratch = ScratchServer.start(config, site.migrations(), progress);
        boolean done = false;
        int copies = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_DATABASES);
        try {
            PolicyLab lab = lab(config, scratch.copies(copies));
            done = true;
            return new PolicyTestRun(suites, lab, Optional.of(scratch));
        } catch (PolicyLabException e) {
            throw unusable(e);
        } finally {
            if (!done) {
                scratch.close();
            }
        }
    }

    private static PolicyLab lab(Config config, List<PostgresAddress> databases) {
        List<String> path = new ArrayList<>(List.of(config.rest().schemas().getFirst()));
        config.database().searchPath().stream()
                .filter(name -> !path.contains(name))
                .forEach(path::add);
        return new PolicyLab(databases, path, config.rest().schemas(), callers(config));
    }

    private static Callers callers(Config config) {
        return config.exposure().callers(config.auth().anonRole());
    }

    private static List<Path> files(Site site, List<Path> named) {
        Path beside = site.migrations().resolveSibling("policy-tests");
        List<Path> places = named.isEmpty() ? List.of(beside) : named;
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                files.addAll(filesIn(place));
            } else if (Files.exists(place)) {
                files.add(place);
            } else {
                throw new StartFailure(
                        "There is no " + place + ".",
                        "Policy tests are YAML files in policy-tests/, beside migrations/.");
            }
        }
        if (files.isEmpty()) {
            throw new StartFailure(
                    "There are no policy tests in " + places.getFirst() + ".",
                    "Write them as YAML files; docs/guides/policy-tests.md shows how.");
        }
        return files;
    }

    private static List<Path> filesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
        } catch (IOException e) {
            throw new StartFailure(
                    folder + " cannot be read: " + e.getMessage(), "Check the folder.", e);
        }
    }

    /// As short as it can be said from here.
    private static String name(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = file.toAbsolutePath().normalize();
        return (absolute.startsWith(here) ? here.relativize(absolute) : absolute).toString();
    }

    /// The tests alone.
    public LabReport test() {
        try {
            List<TestOutcome> tests = lab.test(suites);
            return new LabReport(tests, List.of(), List.copyOf(lab.remarks()));
        } catch (PolicyLabException e) {
            throw unusable(e);
        }
    }

    /// Mutants too, where every test passes. A named database that others use keeps its policies:
    /// changing one locks its table, and whoever reads it would wait.
    public LabReport mutate(LabReport tested, PolicyLab.Progress progress) {
        List<String> remarks = new ArrayList<>(tested.remarks());
        try {
            if (tested.failed() > 0) {
                remarks.add("mutants were not tried: tests fail without any");
                return new LabReport(tested.tests(), List.of(), remarks);
            }
            long others = scratch.isPresent() ? 0 : lab.otherSessions();
            if (others > 0) {
                remarks.add(
                        "mutants were not tried: %d other sessions use the database, and would wait; leave --database-url out, or name a copy"
                                .formatted(others));
                return new LabReport(tested.tests(), List.of(), remarks);
            }
            List<MutantOutcome> mutants = lab.mutate(suites, progress);
            return new LabReport(tested.tests(), mutants, List.copyOf(remarks));
        } catch (PolicyLabException e) {
            throw unusable(e);
        }
    }

    private static StartFailure unusable(PolicyLabException e) {
        return new StartFailure(
                "The database cannot be used for policy tests: " + e.getMessage(),
                "It needs the owner of the tables, who may switch to the roles of callers.",
                e);
    }

    @Override
    public void close() {
        scratch.ifPresent(ScratchServer::close);
    }
}
