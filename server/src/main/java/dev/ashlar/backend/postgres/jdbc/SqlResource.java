package dev.ashlar.backend.postgres.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// SQL that ships with the program as a `.sql` file.
public final class SqlResource {
    private static final String ROOT = "/dev/ashlar/backend/postgres/";

    private SqlResource() {}

    /// By its path under `dev/ashlar/backend/postgres/`.
    public static String load(String path) {
        try (InputStream in = SqlResource.class.getResourceAsStream(ROOT + path)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + ROOT + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
