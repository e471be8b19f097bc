package dev.ashlar.policy.exposure.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// The words of a name: `resetToken`, `reset_token` and `RESET-TOKEN` are the same two.
final class Words {
    private Words() {}

    static List<String> of(String name) {
        List<String> words = new ArrayList<>();
        String split =
                name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2");
        for (String word : split.split("[^A-Za-z0-9]+", -1)) {
            if (!word.isEmpty()) {
                words.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }

    /// In snake_case.
    static String joined(String name) {
        return String.join("_", of(name));
    }

    static boolean any(String name, Collection<String> wanted) {
        return of(name).stream()
                .anyMatch(word -> wanted.contains(word) || wanted.contains(singular(word)));
    }

    private static String singular(String word) {
        if (word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        return word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }
}
