package dev.ashlar.backend.postgres.migrate;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/// One migration: `script` is the file's name, `version` its timestamp or number.
record MigrationFile(String script, String version, String description, SqlScript sql) {

    static MigrationFile of(String script, String version, String description, String text) {
        return new MigrationFile(
                script,
                version,
                description,
                SqlScript.parse(text.startsWith("\uFEFF") ? text.substring(1) : text));
    }

    /// CRC-32 of the text, the same whatever line endings a checkout wrote: it finds edits made by
    /// mistake.
    int checksum() {
        CRC32 crc = new CRC32();
        sql.text()
                .lines()
                .forEach(line -> crc.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
        return (int) crc.getValue();
    }

    /// How a message names a place in it.
    String at(int offset) {
        return String.format(Locale.ROOT, "%s, %s", script, sql.place(offset));
    }
}
