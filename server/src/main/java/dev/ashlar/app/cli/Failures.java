package dev.ashlar.app.cli;

import dev.ashlar.app.StartFailure;
import dev.ashlar.backend.embedded.EmbeddedPostgresException;
import dev.ashlar.backend.postgres.migrate.MigrationException;
import dev.ashlar.config.InvalidConfigException;
import java.io.PrintWriter;

/// What the failure of a command looks like to people.
final class Failures {
    private Failures() {}

    static void tell(Exception failure, PrintWriter err) {
        switch (failure) {
            case InvalidConfigException invalid -> {
                err.println("ashlar: the configuration cannot be used");
                invalid.faults().forEach(fault -> err.println("  " + fault));
            }
            case StartFailure start -> {
                err.println("ashlar: " + start.getMessage());
                start.advice().lines().forEach(line -> err.println("  " + line));
            }
            case EmbeddedPostgresException postgres ->
                    err.println("ashlar: " + postgres.getMessage());
            case MigrationException migration -> err.println("ashlar: " + migration.getMessage());
            default -> {
                err.println("ashlar: something unexpected went wrong: " + failure);
                err.println("  `--verbose` shows where.");
            }
        }
        err.flush();
    }
}
