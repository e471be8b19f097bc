package dev.ashlar.auth.provider;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a client may ask to be told about a person (OpenID Connect Core, 5.4): words with blanks
/// between them.
public final class Scopes {
    public static final List<String> SUPPORTED = List.of("openid", "email", "phone", "profile");

    /// Of a request that names none, by a client that has registered none.
    public static final String DEFAULT = "email";

    private Scopes() {}

    /// The words, each once.
    public static Set<String> words(String scope) {
        Set<String> words = new LinkedHashSet<>(Arrays.asList(scope.split(" ")));
        words.remove("");
        return words;
    }

    /// Those of the words that this server knows, in its own order.
    public static String known(String scope) {
        Set<String> words = words(scope);
        return String.join(" ", SUPPORTED.stream().filter(words::contains).toList());
    }

    /// Those in both.
    public static String common(String scope, String other) {
        Set<String> words = words(scope);
        words.retainAll(words(other));
        return known(String.join(" ", words));
    }

    /// Those in either.
    public static String union(String scope, String other) {
        return known(scope + " " + other);
    }

    public static boolean covers(String granted, String wanted) {
        return words(granted).containsAll(words(wanted));
    }
}
