package dev.ashlar.app;

import dev.ashlar.backend.postgres.exposure.ExplainReach;
import dev.ashlar.backend.postgres.exposure.PolicyExplainer;
import dev.ashlar.backend.postgres.exposure.PolicyFacts;
import dev.ashlar.backend.postgres.migrate.Migrations;
import dev.ashlar.ops.policy.PolicyFixes;
import dev.ashlar.policy.explanation.Explanation;
import dev.ashlar.policy.explanation.PolicyQuestionException;
import dev.ashlar.policy.explanation.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The database opened to ask about its policies, without a server and without a migration.
public final class PolicyRun implements AutoCloseable {
    private final Config config;
    private final Path folder;
    private final Database database;

    private PolicyRun(Config config, Path folder, Database database) {
        this.config = config;
        this.folder = folder;
        this.database = database;
    }

    /// Starts the embedded database, or connects to the one that runs already, or to the user's.
    ///
    /// @param folder where new migrations are put
    public static PolicyRun open(Config config, Site site, Path folder, Consumer<String> progress) {
        return new PolicyRun(
                config, folder, Database.openForMigrations(config, site.migrations(), progress));
    }

    /// Throws a [StartFailure] for what cannot be answered.
    public Explanation explain(Question question) {
        try {
            return new PolicyExplainer(
                            database.owner(),
                            ExplainReach.of(config.database().searchPath(), Optional.empty()))
                    .explain(question);
        } catch (PolicyQuestionException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), "Nothing was changed.", e);
        }
    }

    public List<String> schemas() {
        return config.rest().schemas();
    }

    /// What would make the policies faster.
    public PolicyFixes fixes() {
        try {
            PolicyFacts facts =
                    PolicyFacts.read(
                            database.owner(),
                            config.rest().schemas(),
                            config.exposure().callers(config.auth().anonRole()));
            return PolicyFixes.of(facts.facts(), facts.rowEstimates());
        } catch (IOException e) {
            throw new StartFailure(
                    "The policies could not be read: " + e.getMessage(), "Nothing was changed.", e);
        }
    }

    /// Writes them as a migration that is not applied yet, and answers where.
    public Path write(PolicyFixes fixes, String name) {
        Path file = Migrations.create(folder, name);
        try {
            Files.writeString(file, fixes.migration());
            return file;
        } catch (IOException e) {
            throw new StartFailure(
                    file + " cannot be written: " + e.getMessage(),
                    "`--dry-run` prints the migration.",
                    e);
        }
    }

    @Override
    public void close() {
        database.stop();
    }
}
