package dev.ashlar.face.authapi;

import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Fields of a form or query string (`application/x-www-form-urlencoded`); the first of equal names
/// counts.
final class FormFields {
    private static final int MAX_FIELDS = 100;

    private FormFields() {}

    static Map<String, String> parse(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (text.isEmpty()) {
            return fields;
        }
        String[] pairs = text.split("&", MAX_FIELDS + 1);
        if (pairs.length > MAX_FIELDS) {
            throw invalid("There are too many fields");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String value = decode(pair.substring(equals + 1));
                if (value.indexOf('\0') >= 0) {
                    throw invalid("A field holds a character that is not allowed");
                }
                fields.putIfAbsent(decode(pair.substring(0, equals)), value);
            }
        }
        return fields;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw invalid("The fields are not percent-encoded properly");
        }
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
