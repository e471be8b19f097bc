package dev.ashlar.app;

import dev.ashlar.backend.embedded.DataDirectory;
import dev.ashlar.backend.embedded.EmbeddedPostgresException;
import dev.ashlar.config.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a data directory was given at its first start and keeps: the key that signs tokens, and the
/// passwords of the embedded server's roles. Lives in `secrets.env`, which only its owner can read.
///
/// @param jwtSecret the HS256 secret, at least 32 bytes of text
/// @param issuedAt when the secrets were made; API keys carry it, so that they can be made again
///   and are the same
/// @param ashlarAdmin password of the bootstrap superuser
/// @param postgres password of the database's owner
/// @param authenticator password of the data path's login
/// @param authAdmin password of `supabase_auth_admin`
/// @param storageAdmin password of `supabase_storage_admin`
public record Secrets(
        Secret jwtSecret,
        Instant issuedAt,
        Secret ashlarAdmin,
        Secret postgres,
        Secret authenticator,
        Secret authAdmin,
        Secret storageAdmin) {
    private static final int RANDOM_BYTES = 32;
    private static final int LEAST_BYTES = 32;

    private static final String JWT_SECRET = "JWT_SECRET";
    private static final String ISSUED_AT = "ISSUED_AT";
    private static final String ASHLAR_ADMIN = "PASSWORD_ASHLAR_ADMIN";
    private static final String POSTGRES = "PASSWORD_POSTGRES";
    private static final String AUTHENTICATOR = "PASSWORD_AUTHENTICATOR";
    private static final String AUTH_ADMIN = "PASSWORD_SUPABASE_AUTH_ADMIN";
    private static final String STORAGE_ADMIN = "PASSWORD_SUPABASE_STORAGE_ADMIN";
    private static final Set<String> NAMES =
            Set.of(
                    JWT_SECRET,
                    ISSUED_AT,
                    ASHLAR_ADMIN,
                    POSTGRES,
                    AUTHENTICATOR,
                    AUTH_ADMIN,
                    STORAGE_ADMIN);

    private static final String HEADER =
            """
            # Ashlar's secrets. Whoever reads them owns the data: keep the file to its owner,
            # and keep a copy with every backup. Without it the database cannot be opened.
            """;

    /// Reads the secrets of a data directory, or makes them when it is new. Refuses a file that is
    /// damaged or that others can read, and changes neither; throws [EmbeddedPostgresException].
    public static Secrets loadOrCreate(Path dataDir) {
        DataDirectory directory = DataDirectory.open(dataDir);
        Path file = directory.secrets();
        try {
            if (!Files.exists(file)) {
                if (directory.hasDatabase()) {
                    throw new EmbeddedPostgresException(
                            "%s is missing, and the database beside it cannot be opened without its passwords. Restore the file from a backup. Nothing was changed."
                                    .formatted(file));
                }
                create(file);
            }
            return load(file);
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "%s cannot be read or made: %s.".formatted(file, e.getMessage()), e);
        }
    }

    private static void create(Path file) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(JWT_SECRET, random());
        values.put(ISSUED_AT, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        values.put(ASHLAR_ADMIN, random());
        values.put(POSTGRES, random());
        values.put(AUTHENTICATOR, random());
        values.put(AUTH_ADMIN, random());
        values.put(STORAGE_ADMIN, random());
        StringBuilder text = new StringBuilder(HEADER);
        values.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
        try {
            OwnerOnlyFile.create(file, text.toString());
        } catch (FileAlreadyExistsException e) {
            // Another start was first; its secrets are the ones to read.
        }
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Secrets load(Path file) throws IOException {
        if (OwnerOnlyFile.isOpenToOthers(file)) {
            throw new EmbeddedPostgresException(
                    "%s can be read by other users. Close it with: chmod 600 '%s'. If somebody may have read it, its secrets are no longer secret."
                            .formatted(file, file));
        }
        Map<String, String> values = parse(file, Files.readString(file));
        return new Secrets(
                secret(file, values, JWT_SECRET),
                instant(file, values),
                secret(file, values, ASHLAR_ADMIN),
                secret(file, values, POSTGRES),
                secret(file, values, AUTHENTICATOR),
                secret(file, values, AUTH_ADMIN),
                secret(file, values, STORAGE_ADMIN));
    }

    private static Map<String, String> parse(Path file, String text) {
        Map<String, String> values = new TreeMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            String name = equals < 0 ? "" : line.substring(0, equals).strip();
            // The line itself may be a secret, so only its number is named.
            if (!NAMES.contains(name)
                    || values.put(name, line.substring(equals + 1).strip()) != null) {
                throw damaged(file, "line " + number + " is not understood");
            }
        }
        return values;
    }

    private static Secret secret(Path file, Map<String, String> values, String name) {
        String value = require(file, values, name);
        if (value.getBytes(StandardCharsets.UTF_8).length < LEAST_BYTES) {
            throw damaged(file, name + " is shorter than " + LEAST_BYTES + " bytes");
        }
        return new Secret(value);
    }

    private static Instant instant(Path file, Map<String, String> values) {
        try {
            return Instant.parse(require(file, values, ISSUED_AT));
        } catch (DateTimeException e) {
            throw damaged(file, ISSUED_AT + " is not a time");
        }
    }

    private static String require(Path file, Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw damaged(file, name + " is missing");
        }
        return value;
    }

    private static EmbeddedPostgresException damaged(Path file, String what) {
        return new EmbeddedPostgresException(
                "%s is damaged: %s. Restore it from a backup. Nothing was changed."
                        .formatted(file, what));
    }
}
