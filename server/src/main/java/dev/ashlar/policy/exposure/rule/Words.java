package dev.ashlar.policy.exposure.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The words of a name: `resetToken`, `reset_token` and `RESET-TOKEN` are the same two.
final class Words {
    private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");
    private static final Pattern CAPITALS = Pattern.compile("([A-Z]+)([A-Z][a-z])");
    private static final Pattern BETWEEN = Pattern.compile("[^A-Za-z0-9]+");
    private static final Pattern SIBILANT = Pattern.compile("(?:ss|x|z|ch|sh)es$");

    private Words() {}

    static List<String> of(String name) {
        List<String> words = new ArrayList<>();
        String split = CAPITALS.matcher(HUMP.matcher(name).replaceAll("$1_$2")).replaceAll("$1_$2");
        for (String word : BETWEEN.split(split, -1)) {
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
        if (SIBILANT.matcher(word).find()) {
            return word.substring(0, word.length() - 2);
        }
        return word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }
}
