package dev.ashlar.observe;

/// Writes text into log lines so that nobody's input can end a line or forge another.
final class LineText {
    private LineText() {}

    /// A JSON string (RFC 8259 section 7), quotes included.
    static void quoted(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else {
                plain(line, c);
            }
        }
        line.append('"');
    }

    /// As it is, but for control characters.
    static void bare(StringBuilder line, String text) {
        int plain = 0;
        while (plain < text.length() && !isControl(text.charAt(plain))) {
            plain++;
        }
        line.append(text, 0, plain);
        for (int i = plain; i < text.length(); i++) {
            plain(line, text.charAt(i));
        }
    }

    private static void plain(StringBuilder line, char c) {
        if (isControl(c)) {
            line.append(String.format("\\u%04x", (int) c));
        } else {
            line.append(c);
        }
    }

    private static boolean isControl(char c) {
        boolean breaksLine = c == '\u2028' || c == '\u2029';
        return c < ' ' || (c >= 0x7f && c < 0xa0) || breaksLine;
    }
}
