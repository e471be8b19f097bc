package dev.ashlar.policy.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Takes conditions apart that PostgreSQL wrote (`pg_get_expr`), which puts parentheses around
/// every operation. What it does not understand stays one piece.
public final class Leaves {
    private static final Set<String> COMPARISONS =
            Set.of("=", "<>", "<", ">", "<=", ">=", "~~", "~~*", "!~~", "~", "@>", "<@", "&&");

    private Leaves() {}

    /// The two sides of a comparison.
    public record Comparison(String left, String right) {}

    /// The parts between AND and OR, at any depth.
    public static List<String> of(String condition) {
        List<String> leaves = new ArrayList<>();
        collect(condition, leaves);
        return List.copyOf(leaves);
    }

    /// Empty for what is no plain comparison.
    public static Optional<Comparison> comparison(String leaf) {
        String inner = bare(leaf);
        int at = 0;
        while ((at = nextWord(inner, at)) >= 0) {
            int end = wordEnd(inner, at);
            if (COMPARISONS.contains(inner.substring(at, end))) {
                return Optional.of(
                        new Comparison(
                                inner.substring(0, at).strip(), inner.substring(end).strip()));
            }
            at = end;
        }
        return Optional.empty();
    }

    private static void collect(String condition, List<String> leaves) {
        String inner = bare(condition);
        List<String> parts = parts(inner);
        if (parts.size() == 1) {
            leaves.add(inner);
        } else {
            parts.forEach(part -> collect(part, leaves));
        }
    }

    /// Split at AND and OR outside of parentheses, quotes and CASE.
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        int at = 0;
        int cases = 0;
        while ((at = nextWord(text, at)) >= 0) {
            int end = wordEnd(text, at);
            String word = text.substring(at, end).toUpperCase(Locale.ROOT);
            cases += word.equals("CASE") ? 1 : word.equals("END") ? -1 : 0;
            if (cases == 0 && (word.equals("AND") || word.equals("OR"))) {
                parts.add(text.substring(start, at).strip());
                start = end;
            }
            at = end;
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    /// Without the parentheses around all of it.
    public static String bare(String text) {
        String inner = text.strip();
        while (inner.startsWith("(") && skip(inner, 0) == inner.length()) {
            inner = inner.substring(1, inner.length() - 1).strip();
        }
        return inner;
    }

    /// Where the next word begins that stands in no parentheses and no quotes; -1 when none does.
    private static int nextWord(String text, int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '(' || c == '\'' || c == '"' || c == '[') {
                at = skip(text, at);
            } else {
                return at;
            }
        }
        return -1;
    }

    private static int wordEnd(String text, int from) {
        int at = from;
        while (at < text.length()
                && !Character.isWhitespace(text.charAt(at))
                && "('\"[".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /// Behind what opens at a place: parentheses, brackets or quotes.
    public static int skip(String text, int from) {
        char open = text.charAt(from);
        if (open == '\'' || open == '"') {
            return behindQuote(text, from, open);
        }
        int at = from + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ')' || c == ']') {
                return at + 1;
            }
            at = "('\"[".indexOf(c) >= 0 ? skip(text, at) : at + 1;
        }
        return text.length();
    }

    private static int behindQuote(String text, int from, char quote) {
        boolean escapes = quote == '\'' && from > 0 && text.charAt(from - 1) == 'E';
        int at = from + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (escapes && c == '\\') {
                at += 2;
            } else if (c == quote) {
                return at + 1;
            } else {
                at++;
            }
        }
        return text.length();
    }
}
