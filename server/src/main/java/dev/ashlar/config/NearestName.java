package dev.ashlar.config;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Finds the name that was probably meant.
public final class NearestName {
    private static final int LONG_GRAM = 3;
    private static final int SHORT_GRAM = 2;
    private static final double LEAST_SIMILAR = 0.33;

    /// With as many names or more the dialect gives no hints.
    public static final int MOST_CANDIDATES = 500;

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
            int distance = distance(written, candidate, limit);
            if (distance <= limit) {
                best = Optional.of(candidate);
                limit = distance - 1;
            }
        }
        return best;
    }

    /// The closest candidate that has three letters in a row in common, or else two, when a third
    /// of the letters agree: for names that the dialect's hints compare so.
    public static Optional<String> findSimilar(String written, Collection<String> candidates) {
        for (int size = LONG_GRAM; size >= SHORT_GRAM; size--) {
            Set<String> grams = grams(written, size);
            Optional<String> best = Optional.empty();
            double most = LEAST_SIMILAR;
            for (String candidate : candidates) {
                double similarity = similarity(written, candidate);
                boolean nearer = best.isEmpty() ? similarity >= most : similarity > most;
                if (nearer && !Collections.disjoint(grams, grams(candidate, size))) {
                    best = Optional.of(candidate);
                    most = similarity;
                }
            }
            if (best.isPresent()) {
                return best;
            }
        }
        return Optional.empty();
    }

    /// The same, but nothing when what is written is one of the candidates.
    public static Optional<String> findOther(String written, Collection<String> candidates) {
        return candidates.stream().anyMatch(written::equalsIgnoreCase)
                ? Optional.empty()
                : findSimilar(written, candidates);
    }

    private static double similarity(String a, String b) {
        int longest = Math.max(a.length(), b.length());
        // What is written may be as long as a request allows; lengths alone rule most names out.
        if (longest == 0 || Math.min(a.length(), b.length()) < LEAST_SIMILAR * longest) {
            return 0;
        }
        String lower = a.toLowerCase(Locale.ROOT);
        return 1 - (double) distance(lower, b.toLowerCase(Locale.ROOT)) / longest;
    }

    private static Set<String> grams(String text, int size) {
        String letters = text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}, ]", "");
        String framed = "-" + letters + "-";
        Set<String> grams = new HashSet<>();
        for (int i = 0; i + size <= framed.length(); i++) {
            grams.add(framed.substring(i, i + size));
        }
        return grams;
    }

    static int distance(String a, String b) {
        return distance(a, b, Math.max(a.length(), b.length()));
    }

    /// Optimal string alignment distance, in three rolling rows; anything beyond `most` is one more
    /// than that. What is further than `most` from the diagonal is beyond it (Ukkonen 1985), and a
    /// row builds on the two before it: once two have nothing as near, none has.
    static int distance(String a, String b, int most) {
        int far = most + 1;
        if (Math.abs(a.length() - b.length()) > most) {
            return far;
        }
        int[] beforePrevious = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        int nearestBefore = 0;
        for (int i = 1; i <= a.length(); i++) {
            int from = Math.max(1, i - most);
            int to = Math.min(b.length(), i + most);
            current[from - 1] = from == 1 ? i : far;
            int nearest = current[from - 1];
            for (int j = from; j <= to; j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int above = j == i + most ? far : previous[j];
                int edits = Math.min(above + 1, current[j - 1] + 1);
                current[j] = Math.min(edits, previous[j - 1] + cost);
                if (swapped(a, i, b, j)) {
                    current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
                }
                nearest = Math.min(nearest, current[j]);
            }
            if (nearest > most && nearestBefore > most) {
                return far;
            }
            nearestBefore = nearest;
            int[] spare = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = spare;
        }
        return Math.min(previous[b.length()], far);
    }

    private static boolean swapped(String a, int i, String b, int j) {
        return i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
