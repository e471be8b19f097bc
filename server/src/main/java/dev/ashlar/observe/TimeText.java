package dev.ashlar.observe;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Moments as text (RFC 3339, UTC, to the millisecond); most lines share their second with the line
/// before, so its text is kept.
final class TimeText {
    private record Second(long number, String text) {}

    /// A race only formats a second twice.
    private static volatile Second latest = new Second(Long.MIN_VALUE, "");

    private static final DateTimeFormatter COMBINED =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

    private TimeText() {}

    /// As web servers date their lines: local time, to the second.
    static String combined(long epochMillis) {
        return COMBINED.format(Instant.ofEpochMilli(epochMillis).atZone(ZoneId.systemDefault()));
    }

    static void append(StringBuilder line, long epochMillis) {
        long number = Math.floorDiv(epochMillis, 1_000L);
        Second second = latest;
        if (second.number != number) {
            String whole = Instant.ofEpochSecond(number).toString();
            second = new Second(number, whole.substring(0, whole.length() - 1));
            latest = second;
        }
        long millis = Math.floorMod(epochMillis, 1_000L);
        line.append(second.text).append('.');
        line.append(millis < 10 ? "00" : millis < 100 ? "0" : "").append(millis).append('Z');
    }
}
