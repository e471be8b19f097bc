package dev.ashlar.config;

import java.util.Collection;
import java.util.Optional;

/// Finds the name that was probably meant.
public final class NearestName {
    private NearestName() {}

    /// The closest candidate, when at most a third of the letters are edited (insert, delete,
    /// replace, swap neighbours).
    public static Optional<String> find(String written, Collection<String> candidates) {
        int limit = Math.max(1, written.length() / 3);
        Optional<String> best = Optional.empty();
        for (String candidate : candidates) {
            // What is written may be as long as a request allows; lengths alone rule most names
            // out.
            if (Math.abs(candidate.length() - written.length()) > limit) {
                continue;
            }
            int distance = distance(written, candidate);
            if (distance <= limit) {
                best = Optional.of(candidate);
                limit = distance - 1;
            }
        }
        return best;
    }

    /// Optimal string alignment distance, in three rolling rows.
    static int distance(String a, String b) {
        int[] beforePrevious = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int edits = Math.min(previous[j] + 1, current[j - 1] + 1);
                current[j] = Math.min(edits, previous[j - 1] + cost);
                if (swapped(a, i, b, j)) {
                    current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
                }
            }
            int[] spare = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = spare;
        }
        return previous[b.length()];
    }

    private static boolean swapped(String a, int i, String b, int j) {
        return i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
