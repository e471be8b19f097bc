package dev.ashlar.app;

import dev.ashlar.backend.postgres.migrate.MigrationStatus;
import dev.ashlar.backend.postgres.migrate.Migrations;
import dev.ashlar.ops.exposure.ExposureConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The database opened for its migrations alone, without a server.
public final class MigrationRun implements AutoCloseable {
    private final Config config;
    private final Site site;
    private final Database database;

    private MigrationRun(Config config, Site site, Database database) {
        this.config = config;
        this.site = site;
        this.database = database;
    }

    /// Starts the embedded database, or connects to the one that runs already, or to the user's.
    public static MigrationRun open(Config config, Site site, Consumer<String> progress) {
        return new MigrationRun(
                config, site, Database.openForMigrations(config, site.migrations(), progress));
    }

    public Migrations.Outcome up(Consumer<String> notices) {
        return database.migrations().up(config.rest().schemas(), notices);
    }

    /// What pending files do to the exposure; empty where nobody wants to know (`exposure.check`).
    public Optional<MigrationExposure> exposure() {
        if (config.exposure().check() == ExposureConfig.Check.OFF) {
            return Optional.empty();
        }
        ExposureLook look = ExposureLook.of(config, site, database, config.exposure().timeout());
        return Optional.of(MigrationExposure.of(database.migrations(), look));
    }

    public List<MigrationStatus> status() {
        return database.migrations().status();
    }

    /// Where the files are.
    public Path folder() {
        return site.migrations();
    }

    @Override
    public void close() {
        database.stop();
    }
}
