package dev.ashlar.app;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.ops.exposure.DeclarationText;
import dev.ashlar.ops.exposure.Review;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// The database opened to look at what it exposes, without a server and without a migration.
public final class ExposureRun implements AutoCloseable {
    /// Somebody waits for the command, and can stop it.
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Database database;
    private final ExposureLook look;

    private ExposureRun(Database database, ExposureLook look) {
        this.database = database;
        this.look = look;
    }

    /// Starts the embedded database, or connects to the one that runs already, or to the user's.
    public static ExposureRun open(Config config, Site site, Consumer<String> progress) {
        Database database = Database.openForMigrations(config, site.migrations(), progress);
        return new ExposureRun(database, ExposureLook.of(config, site, database, LIMIT));
    }

    /// Throws a [StartFailure] when it cannot look.
    public Review review() {
        try {
            return look.review();
        } catch (IOException e) {
            throw cannotLook(e);
        }
    }

    /// The text of `exposure.yaml` that declares all there is, with the reasons of the file before.
    public String accepted() {
        try {
            return DeclarationText.of(look.report(), look.declaration());
        } catch (IOException e) {
            throw cannotLook(e);
        }
    }

    /// Writes it, and answers where.
    public Path accept(Optional<Path> out) {
        Path file = out.orElse(look.file());
        String text = accepted();
        try {
            Files.writeString(file, text);
            return file;
        } catch (IOException e) {
            throw new StartFailure(
                    file + " cannot be written: " + e.getMessage(),
                    "`--out FILE` writes another one.",
                    e);
        }
    }

    /// What was looked at, for people: never the password.
    public String name() {
        PostgresAddress address = look.address();
        return address.usesSocket()
                ? address.database()
                : address.database() + " at " + address.host();
    }

    /// Where the declaration is, or would be.
    public Path file() {
        return look.file();
    }

    private StartFailure cannotLook(IOException e) {
        return new StartFailure(
                "What the database exposes could not be looked at: " + e.getMessage(),
                "The login needs the rights to become the roles "
                        + String.join(", ", look.reader().callers().all())
                        + " and to insert into the tables.",
                e);
    }

    @Override
    public void close() {
        database.stop();
    }
}
