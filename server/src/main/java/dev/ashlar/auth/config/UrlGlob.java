package dev.ashlar.auth.config;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A pattern over URLs, with the wildcards that people write into lists of redirect URLs: `*` any
/// characters but separators, `**` any at all, `?` one that is no separator, `[a-z]` and `[!a-z]`
/// one of a set, `{a,b}` either, and a backslash before a character that stands for itself.
///
/// All states are followed at once, so the work grows with the length of text times pattern and no
/// pattern can be made to take long.
final class UrlGlob {
    private static final int MAX_CHARS = 500;
    private static final int MAX_ALTERNATIVES = 100;

    private final List<Step> steps;
    private final String separators;

    private UrlGlob(List<Step> steps, String separators) {
        this.steps = steps;
        this.separators = separators;
    }

    private sealed interface Step {
        record One(char c) implements Step {}

        record Any(boolean alsoSeparators) implements Step {}

        record Some(boolean alsoSeparators) implements Step {}

        record Of(String ranges, boolean negated) implements Step {
            boolean holds(char c) {
                for (int i = 0; i < ranges.length(); i += 2) {
                    if (c >= ranges.charAt(i) && c <= ranges.charAt(i + 1)) {
                        return !negated;
                    }
                }
                return negated;
            }
        }
    }

    /// One glob for each choice among alternatives. Throws [IllegalArgumentException].
    static List<UrlGlob> parse(String pattern, String separators) {
        return alternatives(pattern).stream()
                .map(plain -> new UrlGlob(steps(plain), separators))
                .toList();
    }

    boolean matches(String text) {
        BitSet at = new BitSet(steps.size() + 1);
        at.set(0);
        skipEmpty(at);
        for (int i = 0; i < text.length() && !at.isEmpty(); i++) {
            at = after(at, text.charAt(i));
        }
        return at.get(steps.size());
    }

    private BitSet after(BitSet before, char c) {
        BitSet next = new BitSet(steps.size() + 1);
        boolean separator = separators.indexOf(c) >= 0;
        for (int i = before.nextSetBit(0);
                i >= 0 && i < steps.size();
                i = before.nextSetBit(i + 1)) {
            switch (steps.get(i)) {
                case Step.One(char wanted) -> next.set(i + 1, next.get(i + 1) || wanted == c);
                case Step.Any(boolean all) -> next.set(i + 1, next.get(i + 1) || all || !separator);
                case Step.Some(boolean all) -> next.set(i, next.get(i) || all || !separator);
                case Step.Of set ->
                        next.set(i + 1, next.get(i + 1) || (!separator && set.holds(c)));
            }
        }
        skipEmpty(next);
        return next;
    }

    /// A star may stand for nothing.
    private void skipEmpty(BitSet at) {
        for (int i = at.nextSetBit(0); i >= 0 && i < steps.size(); i = at.nextSetBit(i + 1)) {
            if (steps.get(i) instanceof Step.Some) {
                at.set(i + 1);
            }
        }
    }

    private static List<Step> steps(String pattern) {
        List<Step> steps = new ArrayList<>();
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            switch (c) {
                case '*' -> {
                    boolean twice = i + 1 < pattern.length() && pattern.charAt(i + 1) == '*';
                    steps.add(new Step.Some(twice));
                    i += twice ? 2 : 1;
                }
                case '?' -> {
                    steps.add(new Step.Any(false));
                    i++;
                }
                case '[' -> {
                    int end = pattern.indexOf(']', i + 2);
                    if (end < 0) {
                        throw new IllegalArgumentException("a [ without ]");
                    }
                    steps.add(set(pattern.substring(i + 1, end)));
                    i = end + 1;
                }
                case '\\' -> {
                    if (i + 1 == pattern.length()) {
                        throw new IllegalArgumentException("a backslash at the end");
                    }
                    steps.add(new Step.One(pattern.charAt(i + 1)));
                    i += 2;
                }
                default -> {
                    steps.add(new Step.One(c));
                    i++;
                }
            }
        }
        return steps;
    }

    private static Step set(String written) {
        boolean negated = written.startsWith("!") || written.startsWith("^");
        String chars = negated ? written.substring(1) : written;
        StringBuilder ranges = new StringBuilder();
        int i = 0;
        while (i < chars.length()) {
            boolean range = i + 2 < chars.length() && chars.charAt(i + 1) == '-';
            ranges.append(chars.charAt(i)).append(chars.charAt(range ? i + 2 : i));
            i += range ? 3 : 1;
        }
        return new Step.Of(ranges.toString(), negated);
    }

    private static List<String> alternatives(String pattern) {
        if (pattern.length() > MAX_CHARS) {
            throw new IllegalArgumentException("more than " + MAX_CHARS + " characters");
        }
        List<String> done = new ArrayList<>();
        List<String> open = new ArrayList<>(List.of(pattern));
        while (!open.isEmpty()) {
            String next = open.removeLast();
            int start = next.indexOf('{');
            if (start < 0) {
                done.add(next);
            } else {
                int end = next.indexOf('}', start);
                if (end < 0) {
                    throw new IllegalArgumentException("a { without }");
                }
                for (String choice : next.substring(start + 1, end).split(",", -1)) {
                    open.add(next.substring(0, start) + choice + next.substring(end + 1));
                }
            }
            if (done.size() + open.size() > MAX_ALTERNATIVES) {
                throw new IllegalArgumentException("more than " + MAX_ALTERNATIVES + " choices");
            }
        }
        return done;
    }
}
