package dev.ashlar.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A size in bytes, written `512`, `64KB`, `10MB` or `2GB` (multiples of 1,024).
public record ByteSize(long bytes) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*([KMG]?B?)");

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size cannot be negative");
        }
    }

    public static ByteSize parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("write a size such as 512, 64KB, 10MB or 2GB");
        }
        String unit = matcher.group(2);
        int shift =
                unit.startsWith("G")
                        ? 30
                        : unit.startsWith("M") ? 20 : unit.startsWith("K") ? 10 : 0;
        return new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift));
    }

    @Override
    public String toString() {
        for (int shift = 30; shift > 0; shift -= 10) {
            if (bytes != 0 && bytes % (1L << shift) == 0) {
                return (bytes >> shift) + ("  KMG".charAt(1 + shift / 10) + "B");
            }
        }
        return Long.toString(bytes);
    }
}
