package dev.ashlar.backend.postgres.migrate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/// One table of applied migrations and the files that belong to it, as Flyway keeps them.
final class History {
    /// Seconds that a second process waits for the first one to finish.
    private static final int LOCK_SECONDS = 300;

    private final Flyway flyway;
    private final String advice;

    /// What to tell about applied migrations that this program has no file for.
    enum Absent {
        /// Files of the application come and go with its branches.
        TOLERATED,
        /// Ours never go: a newer version has been here.
        REFUSED
    }

    History(
            DataSource source,
            String table,
            List<MigrationFile> files,
            String prologue,
            Absent absent,
            Consumer<String> notices) {
        List<ResolvedMigration> resolved =
                files.stream()
                        .<ResolvedMigration>map(f -> new FileMigration(f, prologue, notices))
                        .toList();
        FluentConfiguration configuration =
                Flyway.configure(History.class.getClassLoader())
                        .dataSource(source)
                        .defaultSchema("ashlar")
                        .createSchemas(false)
                        .table(table)
                        .locations(new String[0])
                        .skipDefaultResolvers(true)
                        .skipDefaultCallbacks(true)
                        .resolvers(context -> resolved)
                        .loggers("slf4j")
                        // The schema is never empty: both histories and the guard live in it.
                        .baselineOnMigrate(true)
                        .baselineVersion("0")
                        .outOfOrder(false)
                        .lockRetryCount(LOCK_SECONDS);
        switch (absent) {
            case TOLERATED -> configuration.ignoreMigrationPatterns("*:missing", "*:future");
            case REFUSED -> configuration.ignoreMigrationPatterns(new String[0]);
        }
        // A lock held by a transaction would make CREATE INDEX CONCURRENTLY wait for itself.
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        this.flyway = configuration.load();
        this.advice =
                absent == Absent.REFUSED
                        ? "A newer version of Ashlar has used this database: start that version."
                        : "";
    }

    /// Applies what is pending; returns the names of the files applied.
    List<String> migrate() {
        try {
            return flyway.migrate().migrations.stream()
                    .map(applied -> applied.filepath)
                    .filter(Objects::nonNull)
                    .toList();
        } catch (FlywayException e) {
            throw explain(e);
        }
    }

    /// By version, whether applied or not.
    List<MigrationStatus> status() {
        try {
            List<MigrationStatus> rows = new ArrayList<>();
            for (MigrationInfo info : infos()) {
                rows.add(MigrationStatus.of(info));
            }
            rows.sort(Comparator.comparing(MigrationStatus::version));
            return rows;
        } catch (FlywayException e) {
            throw explain(e);
        }
    }

    private List<MigrationInfo> infos() {
        List<MigrationInfo> infos = new ArrayList<>();
        for (MigrationInfo info : flyway.info().all()) {
            if (!info.getType().isSynthetic() && !info.getType().isBaseline()) {
                infos.add(info);
            }
        }
        return infos;
    }

    private MigrationException explain(FlywayException e) {
        Optional<StatementFailure> failure = StatementFailure.findIn(e);
        if (failure.isPresent()) {
            return new MigrationException(
                    "Migration failed, nothing of the file was kept.\n"
                            + failure.get().getMessage(),
                    e);
        }
        return findMismatch()
                .map(text -> new MigrationException(text, e))
                .orElseGet(
                        () -> new MigrationException("Migrations stopped: " + e.getMessage(), e));
    }

    private Optional<String> findMismatch() {
        List<MigrationInfo> infos;
        try {
            infos = infos();
        } catch (FlywayException e) {
            // The database does not answer: the first exception says why.
            return Optional.empty();
        }
        String last =
                infos.stream()
                        .filter(MigrationInfo::isApplied)
                        .max(Comparator.naturalOrder())
                        .map(MigrationInfo::getScript)
                        .orElse("none");
        return infos.stream().flatMap(info -> mismatch(info, last).stream()).findFirst();
    }

    private Optional<String> mismatch(MigrationInfo info, String last) {
        String script = info.getScript();
        MigrationState state = info.getState();
        if (state == MigrationState.IGNORED) {
            return Optional.of(
                    """
                    %s is older than %s, which was already applied, so it would run in another \
                    order here than elsewhere.
                      Give it a newer timestamp (`ashlar migrate new` makes one).\
                    """
                            .formatted(script, last));
        }
        if (!advice.isEmpty() && info.isApplied() && !state.isResolved()) {
            return Optional.of(advice);
        }
        if (info.isApplied() && state.isResolved() && !info.isChecksumMatching()) {
            return Optional.of(
                    """
                    %s was changed after it had been applied.
                      Put back what it was, and write the change as a new migration \
                    (`ashlar migrate new NAME`).\
                    """
                            .formatted(script));
        }
        return Optional.empty();
    }
}
