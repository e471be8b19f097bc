package dev.ashlar.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The name of one request in logs and answers.
final class RequestIds {
    private static final int MAX_LENGTH = 128;
    private static final HexFormat HEX = HexFormat.of();

    private RequestIds() {}

    /// The caller's own when it is believed and harmless in a log line, else a new one.
    static String of(@Nullable String given, HttpConfig config) {
        return given != null && config.requestIdTrust() && isWellFormed(given) ? given : create();
    }

    /// 128 random bits: unique, but no secret.
    private static String create() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
    }

    static boolean isWellFormed(String id) {
        int length = id.length();
        if (length == 0 || length > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = id.charAt(i);
            boolean safe =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || "-_.:+/=@".indexOf(c) >= 0;
            if (!safe) {
                return false;
            }
        }
        return true;
    }
}
