package dev.ashlar.observe;

import java.time.Instant;
import java.util.Locale;

/// Writes one entry as a line.
final class AccessLine {
    private static final int MAX_TARGET = 2_000;

    private AccessLine() {}

    static void append(StringBuilder line, AccessEntry entry, LogConfig.Format format) {
        switch (format) {
            case TEXT -> appendText(line, entry);
            case JSON -> appendJson(line, entry);
        }
        line.append('\n');
    }

    private static void appendText(StringBuilder line, AccessEntry entry) {
        line.append(Instant.ofEpochMilli(entry.epochMillis())).append(' ');
        LineText.bare(line, entry.method());
        line.append(' ');
        LineText.bare(line, target(entry));
        line.append(' ').append(entry.status());
        line.append(' ').append(entry.bytes()).append("B ");
        line.append(millis(entry)).append("ms id=").append(entry.requestId());
        line.append(" from=").append(entry.remoteAddress());
        if (entry.role() != null) {
            line.append(" role=");
            LineText.bare(line, entry.role());
        }
    }

    private static void appendJson(StringBuilder line, AccessEntry entry) {
        line.append("{\"time\":\"").append(Instant.ofEpochMilli(entry.epochMillis()));
        line.append("\",\"kind\":\"access\",\"method\":");
        LineText.quoted(line, entry.method());
        line.append(",\"target\":");
        LineText.quoted(line, target(entry));
        line.append(",\"status\":").append(entry.status());
        line.append(",\"bytes\":").append(entry.bytes());
        line.append(",\"ms\":").append(millis(entry));
        line.append(",\"requestId\":");
        LineText.quoted(line, entry.requestId());
        line.append(",\"remote\":");
        LineText.quoted(line, entry.remoteAddress());
        if (entry.role() != null) {
            line.append(",\"role\":");
            LineText.quoted(line, entry.role());
        }
        line.append('}');
    }

    private static String target(AccessEntry entry) {
        String masked = SecretParameters.masked(entry.target());
        return masked.length() <= MAX_TARGET ? masked : masked.substring(0, MAX_TARGET) + "...";
    }

    private static String millis(AccessEntry entry) {
        return String.format(Locale.ROOT, "%.3f", entry.nanos() / 1e6);
    }
}
