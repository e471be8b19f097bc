package dev.ashlar.backend.postgres.json;

import java.util.Random;

/// Text full of what has to be escaped, and of what must not be: control characters, quotes, DEL,
/// line separators, and characters of two, three and four bytes.
public final class RandomText {
    private RandomText() {}

    /// Of at least that many UTF-16 code units, and at most one more.
    public static String of(Random random, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.appendCodePoint(
                    switch (random.nextInt(16)) {
                        case 0 -> 1 + random.nextInt(0x1f);
                        case 1 -> '"';
                        case 2 -> '\\';
                        case 3 -> 0x7f + random.nextInt(0x700);
                        case 4 -> 0xe000 + random.nextInt(0x2000);
                        case 5 -> 0x10000 + random.nextInt(0x100000);
                        case 6 -> 0x7f;
                        case 7 -> 0x2028;
                        default -> ' ' + random.nextInt(95);
                    });
        }
        return text.toString();
    }
}
