package dev.ashlar.policy.expression;

import dev.ashlar.policy.expression.Token.Kind;
import java.util.List;

/// The tokens of a condition and how far they were read.
final class Tokens {
    /// What is read is no expression that is known here.
    @SuppressWarnings("serial") // never leaves the parser
    static final class NotUnderstood extends RuntimeException {
        NotUnderstood() {
            super("not understood", null, false, false);
        }
    }

    private final String source;
    private final List<Token> all;
    private int at;

    Tokens(String source) {
        this.source = source;
        this.all = Lexer.tokens(source);
    }

    Token peek() {
        return all.get(at);
    }

    Token peek(int ahead) {
        return all.get(Math.min(at + ahead, all.size() - 1));
    }

    Token next() {
        Token token = all.get(at);
        at = Math.min(at + 1, all.size() - 1);
        return token;
    }

    boolean atEnd() {
        return peek().kind() == Kind.END;
    }

    boolean skip(String word) {
        boolean is = peek().is(word);
        at += is ? 1 : 0;
        return is;
    }

    boolean skipMark(String mark) {
        boolean is = peek().isMark(mark);
        at += is ? 1 : 0;
        return is;
    }

    void require(String word) {
        if (!skip(word)) {
            throw new NotUnderstood();
        }
    }

    void requireMark(String mark) {
        if (!skipMark(mark)) {
            throw new NotUnderstood();
        }
    }

    int mark() {
        return at;
    }

    void reset(int mark) {
        at = mark;
    }

    /// From a token to the last one that was read.
    Span spanFrom(int mark) {
        int start = all.get(mark).start();
        return new Span(source, start, at > mark ? all.get(at - 1).end() : start);
    }

    Span span(Token token) {
        return new Span(source, token.start(), token.end());
    }

    /// From an opening parenthesis or bracket behind its closing one.
    void skipEnclosed() {
        int depth = 0;
        do {
            if (atEnd()) {
                throw new NotUnderstood();
            }
            Token token = next();
            if (token.isMark("(") || token.isMark("[")) {
                depth++;
            } else if (token.isMark(")") || token.isMark("]")) {
                depth--;
            }
        } while (depth > 0);
    }
}
