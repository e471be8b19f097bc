package dev.ashlar.app.postgrest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// libpq's file of passwords, lines of `host:port:database:user:password` with `*` for any
/// (PostgreSQL manual, 32.16).
record PasswordFile(List<String> lines) {
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.range(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_EXECUTE);
    private static final List<String> FIELDS = List.of("host", "port", "dbname", "user");

    /// Where the environment says, or in the home directory. One that others may read is passed
    /// over, as libpq does.
    static Optional<PasswordFile> find(Map<String, String> environment) {
        String named = environment.get("PGPASSFILE");
        Path file =
                named == null
                        ? Path.of(System.getProperty("user.home", "/"), ".pgpass")
                        : Path.of(named);
        try {
            boolean mine =
                    Files.isRegularFile(file)
                            && Files.getPosixFilePermissions(file).stream()
                                    .noneMatch(OTHERS::contains);
            return mine
                    ? Optional.of(new PasswordFile(Files.readAllLines(file)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new IllegalArgumentException("the file " + file + " cannot be read", e);
        } catch (UnsupportedOperationException _) {
            return Optional.empty();
        }
    }

    /// The password of the first line that fits.
    Optional<String> findPassword(Map<String, String> connection) {
        String host = connection.getOrDefault("host", "");
        for (String line : lines) {
            List<String> fields = fields(line);
            boolean fits = fields.size() > FIELDS.size();
            for (int i = 0; fits && i < FIELDS.size(); i++) {
                String wanted = fields.get(i);
                String value = connection.getOrDefault(FIELDS.get(i), "");
                boolean local = i == 0 && host.startsWith("/") && wanted.equals("localhost");
                fits = wanted.equals("*") || wanted.equals(value) || local;
            }
            if (fits) {
                return Optional.of(fields.get(FIELDS.size()));
            }
        }
        return Optional.empty();
    }

    /// At each colon that no backslash is before.
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        if (line.startsWith("#")) {
            return fields;
        }
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                i++;
                field.append(line.charAt(i));
            } else if (c == ':') {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
