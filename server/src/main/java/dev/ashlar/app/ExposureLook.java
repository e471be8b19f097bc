package dev.ashlar.app;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.exposure.ExposureReader;
import dev.ashlar.ops.exposure.Declaration;
import dev.ashlar.ops.exposure.DeclarationReader;
import dev.ashlar.ops.exposure.Review;
import dev.ashlar.policy.exposure.ExposureReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Looks at what the database of a run exposes, and at what was declared.
///
/// @param named where the settings say that the declaration is
/// @param usual where it is, or would be, when they say nothing
record ExposureLook(
        PostgresAddress address, ExposureReader reader, Optional<Path> named, Path usual) {

    static ExposureLook of(Config config, Site site, Database database, Duration limit) {
        return new ExposureLook(
                database.admin(),
                new ExposureReader(
                        config.rest().schemas(),
                        config.exposure().callers(config.auth().anonRole()),
                        limit),
                config.exposure().file(),
                site.exposureFile());
    }

    Path file() {
        return named.orElse(usual);
    }

    /// The database asked, and its report held against the file.
    Review review() throws IOException {
        // First the file: a fault in it is told at once.
        Optional<Declaration> declared = declaration();
        if (declared.isEmpty() && named.isPresent()) {
            throw new StartFailure(
                    "There is no file " + named.get() + ", which exposure.file names.",
                    "`ashlar exposure accept` writes it.");
        }
        return Review.of(reader.look(address), declared);
    }

    ExposureReport report() throws IOException {
        return reader.look(address);
    }

    /// Empty when there is no file.
    Optional<Declaration> declaration() throws IOException {
        return Files.exists(file())
                ? Optional.of(DeclarationReader.read(file().toString(), Files.readString(file())))
                : Optional.empty();
    }
}
