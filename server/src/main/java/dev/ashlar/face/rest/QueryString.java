package dev.ashlar.face.rest;

import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Takes a query string apart (`application/x-www-form-urlencoded`, WHATWG URL).
final class QueryString {
    private static final int MAX_PARAMETERS = 2_000;

    private QueryString() {}

    record Parameter(String name, String value) {}

    /// Of a form too.
    static List<Parameter> parse(String query) {
        return parse(query, Bare.KEPT);
    }

    /// Without the names that have no `=`, which ask for nothing.
    static List<Parameter> assigned(String query) {
        return parse(query, Bare.DROPPED);
    }

    private enum Bare {
        KEPT,
        DROPPED
    }

    private static List<Parameter> parse(String query, Bare bare) {
        List<Parameter> parameters = new ArrayList<>();
        int start = 0;
        while (start < query.length()) {
            int end = query.indexOf('&', start);
            end = end < 0 ? query.length() : end;
            boolean assigned = query.indexOf('=', start, end) >= 0;
            if (end > start && (assigned || bare == Bare.KEPT)) {
                parameters.add(parameter(query, start, end));
            }
            if (parameters.size() > MAX_PARAMETERS) {
                throw new ProblemException(
                        new RequestProblem.Malformed(
                                "query", "", start, "at most " + MAX_PARAMETERS + " parameters"));
            }
            start = end + 1;
        }
        return parameters;
    }

    private static Parameter parameter(String query, int start, int end) {
        int equals = query.indexOf('=', start, end);
        if (equals < 0) {
            return new Parameter(decode(query.substring(start, end)), "");
        }
        return new Parameter(
                decode(query.substring(start, equals)), decode(query.substring(equals + 1, end)));
    }

    /// Percent-encodes all but the unreserved characters (RFC 3986, 2.3), of which `URLEncoder` has
    /// other ideas.
    static String encode(String text) {
        if (isUnreserved(text)) {
            return text;
        }
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static boolean isUnreserved(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '.'
                            || c == '_'
                            || c == '-'
                            || c == '~';
            if (!plain) {
                return false;
            }
        }
        return true;
    }

    /// Undoes percent-encoding; what is not UTF-8 or holds NUL is refused, as no text column could
    /// hold it.
    static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return withoutNul(text, text);
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '+') {
                bytes.put((byte) ' ');
            } else if (c == '%'
                    && i + 2 < text.length()
                    && hex(text.charAt(i + 1)) >= 0
                    && hex(text.charAt(i + 2)) >= 0) {
                bytes.put((byte) (hex(text.charAt(i + 1)) * 16 + hex(text.charAt(i + 2))));
                i += 2;
            } else {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            String decoded = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
            return withoutNul(text, decoded);
        } catch (CharacterCodingException _) {
            throw malformed(text, 0, "percent-encoded UTF-8");
        }
    }

    private static String withoutNul(String text, String decoded) {
        int nul = decoded.indexOf('\0');
        if (nul >= 0) {
            throw malformed(text, nul, "text without NUL");
        }
        return decoded;
    }

    private static int hex(char c) {
        return Character.digit(c, 16);
    }

    private static ProblemException malformed(String text, int position, String expected) {
        return new ProblemException(
                new RequestProblem.Malformed("query", text, position, expected));
    }
}
