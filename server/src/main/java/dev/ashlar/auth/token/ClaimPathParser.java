package dev.ashlar.auth.token;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Reads both ways to write a [RoleClaimPath], which differ only at the start: the root `$` makes
/// it a JSONPath. Each step is taken as soon as it is understood; nothing is guessed.
final class ClaimPathParser {
    private static final int MAX_DIGITS = 6;

    private final String text;
    private int at;

    ClaimPathParser(String text) {
        this.text = text.strip();
    }

    List<ClaimStep> path() {
        if (text.equals("$")) {
            throw malformed();
        }
        if (text.startsWith("$.") || text.startsWith("$[")) {
            at = 1;
        } else if (!text.isEmpty() && text.charAt(0) != '.' && text.charAt(0) != '[') {
            // A lone name needs no dot before it.
            return whole(new ArrayList<>(List.of(member())));
        }
        return whole(new ArrayList<>());
    }

    private List<ClaimStep> whole(List<ClaimStep> before) {
        List<ClaimStep> steps = steps(before);
        if (steps.isEmpty() || at < text.length()) {
            throw malformed();
        }
        return steps;
    }

    private List<ClaimStep> steps(List<ClaimStep> steps) {
        while (peek() == '.' || peek() == '[') {
            boolean dot = peek() == '.';
            at++;
            steps.add(dot ? member() : bracket());
        }
        return steps;
    }

    private ClaimStep member() {
        return new ClaimStep.Member(peek() == '"' ? quoted() : name());
    }

    private String name() {
        int start = at;
        while (at < text.length() && ".\"'[]() ,=!^*".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == start) {
            throw malformed();
        }
        return text.substring(start, at);
    }

    private ClaimStep bracket() {
        blanks();
        ClaimStep step =
                switch (peek()) {
                    case '"', '\'' -> new ClaimStep.Member(quoted());
                    case '?' -> filter();
                    default -> elementOrSlice();
                };
        blanks();
        expect(']');
        return step;
    }

    private ClaimStep elementOrSlice() {
        Integer from = number();
        blanks();
        if (peek() != ':') {
            if (from == null) {
                throw malformed();
            }
            return new ClaimStep.Element(from);
        }
        at++;
        blanks();
        return new ClaimStep.Slice(from, number());
    }

    private @Nullable Integer number() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        int digits = at;
        while (Character.digit(peek(), 10) >= 0 && peek() < 0x80) {
            at++;
        }
        if (at == start) {
            return null;
        }
        if (at == digits || at - digits > MAX_DIGITS) {
            throw malformed();
        }
        return Integer.valueOf(text.substring(start, at));
    }

    private ClaimStep filter() {
        expect('?');
        blanks();
        boolean parenthesis = peek() == '(';
        if (parenthesis) {
            at++;
            blanks();
        }
        ClaimStep filter = peek() == '@' ? comparison() : expression();
        blanks();
        if (parenthesis) {
            expect(')');
        }
        return filter;
    }

    /// `@` or a path from it.
    private List<ClaimStep> operand() {
        expect('@');
        return steps(new ArrayList<>());
    }

    private ClaimStep comparison() {
        List<ClaimStep> operand = operand();
        blanks();
        String operator = operator();
        blanks();
        String right = quoted();
        Predicate<String> condition =
                switch (operator) {
                    case "==" -> right::equals;
                    case "!=" -> text -> !text.equals(right);
                    case "^==" -> text -> text.startsWith(right);
                    case "==^" -> text -> text.endsWith(right);
                    default -> text -> text.contains(right);
                };
        return new ClaimStep.Filter(operand, condition);
    }

    /// Longer ones first: one begins as another does.
    private String operator() {
        for (String operator : List.of("==^", "^==", "*==", "==", "!=")) {
            if (text.startsWith(operator, at)) {
                at += operator.length();
                return operator;
            }
        }
        throw malformed();
    }

    /// `search(@, "…")` and `match(@, "…")` (RFC 9535, 2.4.6 and 2.4.7).
    private ClaimStep expression() {
        String function = name();
        expect('(');
        blanks();
        List<ClaimStep> operand = operand();
        blanks();
        expect(',');
        blanks();
        Pattern pattern = pattern(quoted());
        blanks();
        expect(')');
        return switch (function) {
            case "search" -> new ClaimStep.Filter(operand, pattern.asPredicate());
            case "match" -> new ClaimStep.Filter(operand, pattern.asMatchPredicate());
            default -> throw malformed();
        };
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "the path of the role has a bad regular expression: " + e.getDescription(), e);
        }
    }

    private String quoted() {
        char quote = peek();
        if (quote != '"' && quote != '\'') {
            throw malformed();
        }
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                at++;
                return value.toString();
            }
            boolean escaped = c == '\\' && at + 1 < text.length() && isEscape(at + 1, quote);
            value.append(escaped ? text.charAt(++at) : c);
        }
        throw malformed();
    }

    private boolean isEscape(int next, char quote) {
        return text.charAt(next) == quote || text.charAt(next) == '\\';
    }

    private void expect(char c) {
        if (peek() != c) {
            throw malformed();
        }
        at++;
    }

    /// NUL at the end, which no path holds.
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void blanks() {
        while (peek() == ' ') {
            at++;
        }
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "write a path such as role, .app.roles[0], .\"https://example.com/role\" or"
                        + " $.roles[?search(@, \"^app_\")]");
    }
}
