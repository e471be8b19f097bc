package dev.ashlar.policy.expression;

import dev.ashlar.policy.expression.PolicyExpression.Column;
import dev.ashlar.policy.expression.PolicyExpression.Other;
import dev.ashlar.policy.expression.PolicyExpression.SubSelect;
import dev.ashlar.policy.expression.Token.Kind;
import dev.ashlar.policy.expression.Tokens.NotUnderstood;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads sub-selects as far as is asked about them: what they select, and their WHERE.
final class SelectParser {
    private static final List<String> BEHIND_FROM =
            List.of(
                    "WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH",
                    "FOR");

    private static final List<String> NOT_SIMPLE = List.of("UNION", "INTERSECT", "EXCEPT", "INTO");

    private final Tokens tokens;
    private final ExpressionParser expressions;

    SelectParser(Tokens tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    static boolean starts(Token token) {
        return token.is("SELECT") || token.is("WITH") || token.is("VALUES") || token.is("TABLE");
    }

    /// From its opening parenthesis behind its closing one.
    SubSelect select() {
        int mark = tokens.mark();
        if (!tokens.peek().isMark("(")) {
            throw new NotUnderstood();
        }
        tokens.skipEnclosed();
        int behind = tokens.mark();
        Span span = tokens.spanFrom(mark);
        tokens.reset(mark);
        try {
            return simple(behind, span);
        } catch (NotUnderstood e) {
            return new SubSelect(List.of(), Optional.empty(), Optional.empty(), false, span);
        } finally {
            tokens.reset(behind);
        }
    }

    private SubSelect simple(int behind, Span span) {
        tokens.requireMark("(");
        tokens.require("SELECT");
        if (!tokens.skip("ALL") && tokens.skip("DISTINCT") && tokens.skip("ON")) {
            tokens.skipEnclosed();
        }
        List<PolicyExpression> outputs = outputs();
        Optional<Span> from = Optional.empty();
        if (tokens.skip("FROM")) {
            int start = tokens.mark();
            passTo(BEHIND_FROM, behind - 1);
            from = Optional.of(tokens.spanFrom(start));
        }
        Optional<PolicyExpression> where = Optional.empty();
        if (tokens.skip("WHERE")) {
            where = Optional.of(where(behind - 1));
        }
        passTo(List.of(), behind - 1);
        return new SubSelect(outputs, from, where, true, span);
    }

    private List<PolicyExpression> outputs() {
        List<PolicyExpression> outputs = new ArrayList<>();
        // EXISTS needs no outputs, and `SELECT FROM` is how some write it.
        if (tokens.peek().is("FROM")) {
            return outputs;
        }
        do {
            int mark = tokens.mark();
            if (tokens.peek().isOperator("*")) {
                tokens.next();
                outputs.add(new Column(List.of("*"), tokens.spanFrom(mark)));
            } else {
                outputs.add(expressions.expression(ExpressionParser.OR));
            }
            boolean as = tokens.skip("AS");
            if (as || (tokens.peek().isName() && !endsOutputs(tokens.peek()))) {
                tokens.next();
            }
        } while (tokens.skipMark(","));
        if (!tokens.peek().isMark(")") && !endsOutputs(tokens.peek())) {
            throw new NotUnderstood();
        }
        return List.copyOf(outputs);
    }

    private static boolean endsOutputs(Token token) {
        return token.is("FROM")
                || Stream.concat(BEHIND_FROM.stream(), NOT_SIMPLE.stream()).anyMatch(token::is);
    }

    private PolicyExpression where(int close) {
        int start = tokens.mark();
        try {
            PolicyExpression where = expressions.expression(ExpressionParser.OR);
            if (tokens.mark() == close || endsOutputs(tokens.peek())) {
                return where;
            }
        } catch (NotUnderstood e) {
            // Its text is all that there is, below.
        }
        tokens.reset(start);
        passTo(BEHIND_FROM, close);
        return new Other(List.of(), tokens.spanFrom(start));
    }

    /// Goes on to one of the words on this level, or to the closing parenthesis.
    private void passTo(List<String> words, int close) {
        while (tokens.mark() < close) {
            Token token = tokens.peek();
            if (words.stream().anyMatch(token::is)) {
                return;
            }
            if (token.kind() == Kind.WORD && NOT_SIMPLE.stream().anyMatch(token::is)) {
                throw new NotUnderstood();
            }
            if (token.isMark("(") || token.isMark("[")) {
                tokens.skipEnclosed();
            } else {
                tokens.next();
            }
        }
    }
}
