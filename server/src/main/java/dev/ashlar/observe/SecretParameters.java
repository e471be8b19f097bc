package dev.ashlar.observe;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/// Masks the values of query parameters that let whoever reads the log act as the caller.
final class SecretParameters {
    private static final Set<String> NAMES =
            Set.of(
                    "apikey",
                    "token",
                    "access_token",
                    "refresh_token",
                    "id_token",
                    "provider_token",
                    "provider_refresh_token",
                    "token_hash",
                    "code",
                    "code_verifier",
                    "auth_code",
                    "jwt",
                    "key",
                    "password",
                    "secret",
                    "client_secret",
                    "signature");
    private static final String MASK = "***";

    private SecretParameters() {}

    /// `target` is a path with its query, as sent.
    static String masked(String target) {
        int mark = target.indexOf('?');
        if (mark < 0) {
            return target;
        }
        StringBuilder out = new StringBuilder(target.length()).append(target, 0, mark);
        char separator = '?';
        for (String parameter : target.substring(mark + 1).split("&", -1)) {
            int equals = parameter.indexOf('=');
            out.append(separator);
            if (equals > 0 && isSecret(parameter.substring(0, equals))) {
                out.append(parameter, 0, equals + 1).append(MASK);
            } else {
                out.append(parameter);
            }
            separator = '&';
        }
        return out.toString();
    }

    /// The name may be percent-encoded; one that cannot be decoded hides its value too.
    private static boolean isSecret(String name) {
        try {
            String decoded =
                    name.indexOf('%') < 0 ? name : URLDecoder.decode(name, StandardCharsets.UTF_8);
            return NAMES.contains(decoded.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
