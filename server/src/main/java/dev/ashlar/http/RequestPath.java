package dev.ashlar.http;

/// Which paths are let in.
///
/// A path is matched as sent, so an encoded slash cannot leave its mount. What could mean another
/// path to someone who decodes or normalises later is refused here, once for all mounts: dot
/// segments (RFC 3986 section 3.3, also percent-encoded), NUL, control characters, backslashes and
/// broken percent-encoding.
final class RequestPath {
    private RequestPath() {}

    static boolean isAcceptable(String path) {
        int length = path.length();
        if (length == 0 || path.charAt(0) != '/') {
            return false;
        }
        int segmentStart = 1;
        for (int i = 1; i < length; i++) {
            char c = path.charAt(i);
            if (c == '/') {
                if (isDots(path, segmentStart, i)) {
                    return false;
                }
                segmentStart = i + 1;
            } else if (c == '%') {
                if (!isAcceptableEscape(path, i)) {
                    return false;
                }
                i += 2;
            } else if (c <= ' ' || c >= 0x7f || c == '\\' || c == '#') {
                return false;
            }
        }
        return !isDots(path, segmentStart, length);
    }

    private static boolean isAcceptableEscape(String path, int at) {
        if (at + 2 >= path.length()) {
            return false;
        }
        int high = Character.digit(path.charAt(at + 1), 16);
        int low = Character.digit(path.charAt(at + 2), 16);
        int code = high * 16 + low;
        return high >= 0 && low >= 0 && code >= ' ' && code != 0x7f && code != '\\';
    }

    private static boolean isDots(String path, int from, int to) {
        int dots = 0;
        for (int i = from; i < to; i++) {
            if (path.charAt(i) == '.') {
                dots++;
            } else if (path.regionMatches(true, i, "%2e", 0, 3)) {
                dots++;
                i += 2;
            } else {
                return false;
            }
        }
        return dots == 1 || dots == 2;
    }
}
