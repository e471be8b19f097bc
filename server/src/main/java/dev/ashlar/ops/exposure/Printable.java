package dev.ashlar.ops.exposure;

import java.util.ArrayList;
import java.util.List;

/// Text of the database's as it may stand on a terminal: names are chosen by whoever may create
/// objects, and must not move the cursor or hide lines.
final class Printable {
    private static final String CUT = "…";

    private Printable() {}

    /// One line without control characters.
    static String line(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean space = false;
        for (int point : text.strip().codePoints().toArray()) {
            if (Character.isWhitespace(point)) {
                space = true;
                continue;
            }
            out.append(space ? " " : "");
            space = false;
            int type = Character.getType(point);
            boolean hidden =
                    type == Character.CONTROL
                            || type == Character.FORMAT
                            || type == Character.SURROGATE
                            || type == Character.LINE_SEPARATOR
                            || type == Character.PARAGRAPH_SEPARATOR;
            if (hidden) {
                out.append("\\u%04x".formatted(point));
            } else {
                out.appendCodePoint(point);
            }
        }
        return out.toString();
    }

    /// At most so wide; the end of a name tells more than its middle, and is kept.
    static String cut(String text, int width) {
        String line = line(text);
        int length = line.codePointCount(0, line.length());
        if (length <= width) {
            return line;
        }
        int tail = Math.max(0, width / 3);
        int head = Math.max(0, width - tail - 1);
        return line.substring(0, line.offsetByCodePoints(0, head))
                + CUT
                + line.substring(line.offsetByCodePoints(0, length - tail));
    }

    /// Filled with spaces up to a width.
    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
    }

    /// Broken between words, each line with an indent.
    static List<String> wrap(String text, String indent, int width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.strip().split("\n", -1)) {
            StringBuilder line = new StringBuilder(indent);
            boolean empty = true;
            for (String word : line(paragraph).split(" ", -1)) {
                if (!empty && line.length() + 1 + word.length() > width) {
                    lines.add(line.toString());
                    line = new StringBuilder(indent);
                    empty = true;
                }
                line.append(empty ? "" : " ").append(word);
                empty = false;
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
