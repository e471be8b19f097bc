package dev.ashlar.backend.postgres.migrate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The application's `migrations/`: reads and names its files.
record MigrationDirectory(Path path) {
    private static final Pattern NAME = Pattern.compile("(\\d{14})(?:_([A-Za-z0-9_.-]+))?\\.sql");
    private static final Pattern PATH_CHARACTERS = Pattern.compile("[/\\\\\\p{Cntrl}]");
    private static final Pattern LEADING_STAMP = Pattern.compile("[vV]?(\\d{14})[_-]*(.*)");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int MAX_SLUG = 80;

    /// All migrations, oldest first; none when there is no such directory.
    List<MigrationFile> load() {
        Map<String, MigrationFile> byVersion = new LinkedHashMap<>();
        for (Path file : sqlFiles()) {
            MigrationFile migration = read(file);
            MigrationFile other = byVersion.putIfAbsent(migration.version(), migration);
            if (other != null) {
                throw new MigrationException(
                        "Two migrations have the timestamp %s: %s and %s. Rename one of them."
                                .formatted(
                                        migration.version(), other.script(), migration.script()));
            }
        }
        return List.copyOf(byVersion.values());
    }

    /// Makes an empty migration that sorts after all others.
    Path create(String name, InstantSource clock) {
        String slug = slug(name);
        if (slug.isEmpty() || PATH_CHARACTERS.matcher(name).find()) {
            throw new MigrationException(
                    "A migration needs a name of letters or digits, such as: add_profiles");
        }
        String stamp = STAMP.format(clock.instant());
        Path file = path.resolve(stamp + "_" + slug + ".sql");
        try {
            Files.createDirectories(path);
            Files.writeString(
                    Files.createFile(file),
                    "-- Runs once, as one transaction. A new table is closed until a policy opens"
                            + " it.\n\n");
        } catch (IOException e) {
            throw new MigrationException("Cannot write " + file + ": " + e.getMessage(), e);
        }
        return file;
    }

    private List<Path> sqlFiles() {
        if (!Files.exists(path)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(path)) {
            all.filter(file ->
                            file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".sql"))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .forEach(files::add);
        } catch (IOException e) {
            throw new MigrationException("Cannot read " + path + ": " + e.getMessage(), e);
        }
        return files;
    }

    private static MigrationFile read(Path file) {
        String script = file.getFileName().toString();
        Matcher name = NAME.matcher(script);
        if (!name.matches()) {
            throw new MigrationException(
                    "%s is not named like a migration (YYYYMMDDHHMMSS_name.sql). Rename it: mv %s %s"
                            .formatted(script, file, file.resolveSibling(suggest(file))));
        }
        String description = name.group(2) == null ? "" : name.group(2).replace('_', ' ');
        MigrationFile migration = MigrationFile.of(script, name.group(1), description, text(file));
        migration
                .sql()
                .findRefusal()
                .ifPresent(refusal -> {
                    throw new MigrationException(
                            "%s: this %s."
                                    .formatted(migration.at(refusal.offset()), refusal.reason()));
                });
        return migration;
    }

    private static String text(Path file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MigrationException(file + " is not UTF-8. Save it as UTF-8.", e);
        } catch (IOException e) {
            throw new MigrationException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// The right name: the timestamp it has, or the time it was last written.
    private static String suggest(Path file) {
        String stem = file.getFileName().toString().replaceFirst("(?i)\\.sql$", "");
        Matcher stamped = LEADING_STAMP.matcher(stem);
        String stamp = stamped.matches() ? stamped.group(1) : STAMP.format(lastWritten(file));
        String slug =
                slug(stamped.matches() ? stamped.group(2) : stem.replaceFirst("^[vV]?\\d+_+", ""));
        return stamp + (slug.isEmpty() ? "" : "_" + slug) + ".sql";
    }

    private static Instant lastWritten(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    private static String slug(String name) {
        String slug =
                name.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "_")
                        .replaceAll("^_+|_+$", "");
        return slug.length() <= MAX_SLUG ? slug : slug.substring(0, MAX_SLUG);
    }
}
