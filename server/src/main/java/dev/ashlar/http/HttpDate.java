package dev.ashlar.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/// Dates of HTTP headers (RFC 9110 section 5.6.7), such as `Sun, 06 Nov 1994 08:49:37 GMT`.
final class HttpDate {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private record Stamp(long second, String text) {}

    /// Formatted once a second; a race only formats it twice.
    private static volatile Stamp latest = new Stamp(Long.MIN_VALUE, "");

    private HttpDate() {}

    static String now() {
        long second = System.currentTimeMillis() / 1000;
        Stamp stamp = latest;
        if (stamp.second != second) {
            stamp = new Stamp(second, format(Instant.ofEpochSecond(second)));
            latest = stamp;
        }
        return stamp.text;
    }

    static String format(Instant instant) {
        return FORMAT.format(instant);
    }

    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(Instant.from(FORMAT.parse(text)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
