package dev.ashlar.face.rest;

import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
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

    static List<Parameter> parse(String query) {
        List<Parameter> parameters = new ArrayList<>();
        int start = 0;
        while (start < query.length()) {
            int end = query.indexOf('&', start);
            end = end < 0 ? query.length() : end;
            if (end > start) {
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
        int equals = query.indexOf('=', start);
        if (equals < 0 || equals > end) {
            return new Parameter(decode(query.substring(start, end)), "");
        }
        return new Parameter(
                decode(query.substring(start, equals)), decode(query.substring(equals + 1, end)));
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
