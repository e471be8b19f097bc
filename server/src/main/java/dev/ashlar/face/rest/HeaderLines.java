package dev.ashlar.face.rest;

import java.util.List;
import java.util.Locale;

/// Which header lines the database's code may add to an answer.
final class HeaderLines {
    /// They tell where the body ends, which only who writes it knows.
    private static final List<String> OF_THE_CONNECTION =
            List.of("connection", "content-length", "keep-alive", "trailer", "transfer-encoding");

    private HeaderLines() {}

    static boolean isOfTheConnection(String name) {
        return OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT));
    }

    /// RFC 9110, 5.1 and 5.5: no line break can be smuggled in.
    static boolean isWellFormed(String name, String value) {
        return name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
                && value.chars().noneMatch(c -> (c < ' ' && c != '\t') || c == 0x7f || c > 0xff);
    }
}
