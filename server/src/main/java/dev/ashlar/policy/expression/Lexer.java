package dev.ashlar.policy.expression;

import dev.ashlar.policy.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Cuts SQL into tokens by PostgreSQL's rules. Comments and white space are left out. What never
/// ends (a string without its quote) goes to the end of the text.
final class Lexer {
    private static final String OPERATORS = "+-*/<>=~!@#%^&|`?";
    private static final String KEEP_TRAILING_SIGN = "~!@#%^&|`?";

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String source) {
        this.source = source;
    }

    /// Ends with one of kind END.
    static List<Token> tokens(String source) {
        Lexer lexer = new Lexer(source);
        while (lexer.at < source.length()) {
            lexer.next();
        }
        lexer.tokens.add(new Token(Kind.END, "", source.length(), source.length()));
        return List.copyOf(lexer.tokens);
    }

    private void next() {
        char c = source.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (source.startsWith("--", at)) {
            at = orEnd(source.indexOf('\n', at));
        } else if (source.startsWith("/*", at)) {
            at = commentEnd(at);
        } else if (c == '\'') {
            add(Kind.STRING, stringEnd(at + 1, false));
        } else if (c == '"') {
            add(Kind.QUOTED, quotedEnd(at + 1));
        } else if (c == '$') {
            dollar();
        } else if (isDigit(c) || (c == '.' && isDigit(peek(at + 1)))) {
            add(Kind.NUMBER, numberEnd());
        } else if (isNameStart(c)) {
            word(c);
        } else if (OPERATORS.indexOf(c) >= 0) {
            add(Kind.OPERATOR, operatorEnd());
        } else if (source.startsWith("::", at)) {
            add(Kind.MARK, at + 2);
        } else {
            add(Kind.MARK, at + 1);
        }
    }

    private void add(Kind kind, int end) {
        tokens.add(new Token(kind, source.substring(at, end), at, end));
        at = end;
    }

    /// Words, and the strings that a letter begins: E'', B'', X'', N'', U&'', U&"".
    private void word(char first) {
        char letter = Character.toLowerCase(first);
        if (peek(at + 1) == '\'' && "ebxn".indexOf(letter) >= 0) {
            add(Kind.STRING, stringEnd(at + 2, letter == 'e'));
            return;
        }
        if (letter == 'u' && peek(at + 1) == '&' && peek(at + 2) == '\'') {
            add(Kind.STRING, stringEnd(at + 3, false));
            return;
        }
        if (letter == 'u' && peek(at + 1) == '&' && peek(at + 2) == '"') {
            add(Kind.QUOTED, quotedEnd(at + 3));
            return;
        }
        int end = at;
        while (end < source.length() && isNamePart(source.charAt(end))) {
            end++;
        }
        add(Kind.WORD, end);
    }

    private void dollar() {
        int tagEnd = at + 1;
        while (tagEnd < source.length() && isTagPart(source.charAt(tagEnd))) {
            tagEnd++;
        }
        if (peek(tagEnd) == '$' && !isDigit(peek(at + 1))) {
            String tag = source.substring(at, tagEnd + 1);
            int close = source.indexOf(tag, tagEnd + 1);
            add(Kind.STRING, close < 0 ? source.length() : close + tag.length());
        } else {
            add(Kind.PARAMETER, Math.max(tagEnd, at + 1));
        }
    }

    private int stringEnd(int from, boolean escapes) {
        for (int i = from; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\\' && escapes) {
                i++;
            } else if (c == '\'') {
                if (peek(i + 1) != '\'') {
                    return i + 1;
                }
                i++;
            }
        }
        return source.length();
    }

    private int quotedEnd(int from) {
        for (int i = from; i < source.length(); i++) {
            if (source.charAt(i) == '"') {
                if (peek(i + 1) != '"') {
                    return i + 1;
                }
                i++;
            }
        }
        return source.length();
    }

    private int numberEnd() {
        int end = at;
        while (end < source.length()) {
            char c = source.charAt(end);
            boolean sign =
                    (c == '+' || c == '-')
                            && Character.toLowerCase(source.charAt(end - 1)) == 'e'
                            && isDigit(peek(end + 1));
            if (!Character.isLetterOrDigit(c) && c != '.' && c != '_' && !(end > at && sign)) {
                break;
            }
            end++;
        }
        return end;
    }

    /// An operator may end in + or - only when it holds a character that other ones do not.
    private int operatorEnd() {
        int end = at;
        while (end < source.length()
                && OPERATORS.indexOf(source.charAt(end)) >= 0
                && !source.startsWith("--", end)
                && !source.startsWith("/*", end)) {
            end++;
        }
        String operator = source.substring(at, end);
        boolean free = operator.chars().anyMatch(c -> KEEP_TRAILING_SIGN.indexOf(c) >= 0);
        while (end - at > 1 && !free && "+-".indexOf(source.charAt(end - 1)) >= 0) {
            end--;
        }
        return Math.max(end, at + 1);
    }

    private int commentEnd(int from) {
        int depth = 0;
        for (int i = from; i < source.length(); i++) {
            if (source.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (source.startsWith("*/", i)) {
                depth--;
                i++;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return source.length();
    }

    private int orEnd(int index) {
        return index < 0 ? source.length() : index;
    }

    private char peek(int index) {
        return index < source.length() ? source.charAt(index) : '\0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_' || c > 127;
    }

    private static boolean isTagPart(char c) {
        return isNameStart(c) || isDigit(c);
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '$';
    }
}
