package dev.ashlar.observe;

/// Writes one entry as a line.
final class AccessLine {
    private static final int MAX_TARGET = 2_000;

    private AccessLine() {}

    static void append(StringBuilder line, AccessEntry entry, LogConfig.Format format) {
        switch (format) {
            case TEXT, COMBINED -> appendText(line, entry);
            case JSON -> appendJson(line, entry);
        }
        line.append('\n');
    }

    /// The combined format of web servers, which programs that read logs know.
    static void appendCombined(StringBuilder line, AccessEntry entry) {
        AccessEntry.Client client = entry.client();
        LineText.bare(line, client.address());
        line.append(" - ");
        LineText.bare(line, entry.role() == null ? "-" : entry.role());
        line.append(" [").append(TimeText.combined(entry.epochMillis())).append("] ");
        LineText.quoted(line, entry.method() + " " + target(entry) + " HTTP/1.1");
        line.append(' ').append(entry.status()).append(' ').append(entry.bytes()).append(' ');
        LineText.quoted(line, client.referer() == null ? "" : client.referer());
        line.append(' ');
        LineText.quoted(line, client.agent() == null ? "" : client.agent());
        line.append('\n');
    }

    private static void appendText(StringBuilder line, AccessEntry entry) {
        TimeText.append(line, entry.epochMillis());
        line.append(' ');
        LineText.bare(line, entry.method());
        line.append(' ');
        LineText.bare(line, target(entry));
        line.append(' ').append(entry.status());
        line.append(' ').append(entry.bytes()).append("B ");
        appendMillis(line, entry);
        line.append("ms id=").append(entry.requestId());
        line.append(" from=").append(entry.client().address());
        if (entry.role() != null) {
            line.append(" role=");
            LineText.bare(line, entry.role());
        }
    }

    private static void appendJson(StringBuilder line, AccessEntry entry) {
        line.append("{\"time\":\"");
        TimeText.append(line, entry.epochMillis());
        line.append("\",\"kind\":\"access\",\"method\":");
        LineText.quoted(line, entry.method());
        line.append(",\"target\":");
        LineText.quoted(line, target(entry));
        line.append(",\"status\":").append(entry.status());
        line.append(",\"bytes\":").append(entry.bytes());
        line.append(",\"ms\":");
        appendMillis(line, entry);
        line.append(",\"requestId\":");
        LineText.quoted(line, entry.requestId());
        line.append(",\"remote\":");
        LineText.quoted(line, entry.client().address());
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

    /// To the microsecond, by hand: a formatter costs more than the rest of the line.
    private static void appendMillis(StringBuilder line, AccessEntry entry) {
        long micros = (entry.nanos() + 500) / 1_000;
        long rest = micros % 1_000;
        line.append(micros / 1_000).append('.');
        line.append(rest < 10 ? "00" : rest < 100 ? "0" : "").append(rest);
    }
}
