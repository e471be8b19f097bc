package dev.ashlar.auth.provider;

import dev.ashlar.problem.AuthProblem.OAuthRefused;
import dev.ashlar.problem.OAuthError;
import dev.ashlar.problem.ProblemException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The parameters of a request of the protocol (RFC 6749, 3.1): one without a value counts as
/// missing, and none may come twice.
public final class OAuthParameters {
    private static final int MAX_COUNT = 64;
    private static final int MAX_CHARS = 4_096;

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> repeated = new HashSet<>();

    private OAuthParameters() {}

    /// `form` is as a browser sends it (application/x-www-form-urlencoded).
    public static OAuthParameters parse(String form) {
        OAuthParameters parameters = new OAuthParameters();
        String[] pairs = form.isEmpty() ? new String[0] : form.split("&");
        if (pairs.length > MAX_COUNT) {
            throw refusal("there are more than " + MAX_COUNT + " parameters");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (value.length() > MAX_CHARS) {
                throw refusal("a parameter is longer than " + MAX_CHARS + " characters");
            }
            if (!value.isEmpty() && parameters.values.put(name, value) != null) {
                parameters.repeated.add(name);
            }
        }
        return parameters;
    }

    public Optional<String> find(String name) {
        if (repeated.contains(name)) {
            throw refusal(name + " is given more than once");
        }
        return Optional.ofNullable(values.get(name));
    }

    public String require(String name) {
        return find(name).orElseThrow(() -> refusal(name + " is missing"));
    }

    /// Refuses a request in which anything comes twice, whether it is known here or not.
    public void requireSingle() {
        if (!repeated.isEmpty()) {
            throw refusal("a parameter is given more than once");
        }
    }

    public boolean isRepeated(String name) {
        return repeated.contains(name);
    }

    private static String decode(String text) {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (!isStorable(decoded)) {
                throw refusal("a parameter holds characters that are not allowed");
            }
            return decoded;
        } catch (IllegalArgumentException _) {
            throw refusal("a parameter is not percent-encoded properly");
        }
    }

    /// Pairs of surrogates are whole characters; NUL and other controls are none of any parameter.
    private static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c ->
                        Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    private static ProblemException refusal(String message) {
        return new ProblemException(new OAuthRefused(OAuthError.INVALID_REQUEST, message));
    }
}
