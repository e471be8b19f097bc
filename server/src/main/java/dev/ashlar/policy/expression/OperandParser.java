package dev.ashlar.policy.expression;

import dev.ashlar.policy.expression.PolicyExpression.Call;
import dev.ashlar.policy.expression.PolicyExpression.Cast;
import dev.ashlar.policy.expression.PolicyExpression.Column;
import dev.ashlar.policy.expression.PolicyExpression.Constant;
import dev.ashlar.policy.expression.PolicyExpression.Exists;
import dev.ashlar.policy.expression.PolicyExpression.Group;
import dev.ashlar.policy.expression.PolicyExpression.Other;
import dev.ashlar.policy.expression.PolicyExpression.Value;
import dev.ashlar.policy.expression.Token.Kind;
import dev.ashlar.policy.expression.Tokens.NotUnderstood;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads what operators stand between: names, constants, calls, parentheses, CASE, sub-selects.
final class OperandParser {
    /// Functions that are written without parentheses.
    private static final Set<String> BARE_CALLS =
            Set.of(
                    "CURRENT_USER",
                    "SESSION_USER",
                    "SYSTEM_USER",
                    "USER",
                    "CURRENT_ROLE",
                    "CURRENT_CATALOG",
                    "CURRENT_SCHEMA",
                    "CURRENT_DATE",
                    "CURRENT_TIME",
                    "CURRENT_TIMESTAMP",
                    "LOCALTIME",
                    "LOCALTIMESTAMP");

    /// Words that can be no name of a column.
    private static final Set<String> RESERVED =
            Set.of(
                    "ALL",
                    "AND",
                    "ANY",
                    "AS",
                    "ASC",
                    "BOTH",
                    "CASE",
                    "CHECK",
                    "COLLATE",
                    "DESC",
                    "DISTINCT",
                    "ELSE",
                    "END",
                    "EXCEPT",
                    "FETCH",
                    "FOR",
                    "FROM",
                    "GRANT",
                    "GROUP",
                    "HAVING",
                    "IN",
                    "INTERSECT",
                    "LEADING",
                    "LIMIT",
                    "OFFSET",
                    "ON",
                    "OR",
                    "ORDER",
                    "SELECT",
                    "SOME",
                    "THEN",
                    "TO",
                    "TRAILING",
                    "UNION",
                    "VARIADIC",
                    "WHEN",
                    "WHERE",
                    "WINDOW",
                    "WITH");

    /// Words that part the arguments of functions with a syntax of their own.
    private static final List<String> SEPARATORS = List.of("FROM", "FOR", "PLACING", "IN");

    private static final Set<String> TYPE_WORDS =
            Set.of(
                    "VARYING",
                    "PRECISION",
                    "CHARACTER",
                    "CHAR",
                    "YEAR",
                    "MONTH",
                    "DAY",
                    "HOUR",
                    "MINUTE",
                    "SECOND");

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final SelectParser selects;

    OperandParser(Tokens tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.selects = new SelectParser(tokens, expressions);
    }

    PolicyExpression operand() {
        int mark = tokens.mark();
        Token token = tokens.peek();
        return switch (token.kind()) {
            case STRING -> constant(Value.TEXT);
            case NUMBER -> constant(Value.NUMBER);
            case PARAMETER -> constant(Value.TEXT);
            case QUOTED -> named(mark);
            case WORD -> word(token, mark);
            case MARK -> {
                if (token.isMark("(")) {
                    yield parenthesised();
                }
                if (token.isMark("[")) {
                    yield listed("[", "]");
                }
                throw new NotUnderstood();
            }
            case OPERATOR, END -> throw new NotUnderstood();
        };
    }

    private PolicyExpression constant(Value value) {
        return new Constant(value, tokens.span(tokens.next()));
    }

    private PolicyExpression word(Token token, int mark) {
        String word = token.text().toUpperCase(Locale.ROOT);
        return switch (word) {
            case "TRUE" -> constant(Value.TRUE);
            case "FALSE" -> constant(Value.FALSE);
            case "NULL" -> constant(Value.NULL);
            case "CASE" -> cases(mark);
            case "EXISTS" -> {
                tokens.next();
                PolicyExpression.SubSelect select = selects.select();
                yield new Exists(select, tokens.spanFrom(mark));
            }
            case "ARRAY" -> {
                tokens.next();
                PolicyExpression inner =
                        tokens.peek().isMark("[") ? listed("[", "]") : parenthesised();
                yield new Other(List.of(inner), tokens.spanFrom(mark));
            }
            case "ROW" -> {
                if (!tokens.peek(1).isMark("(")) {
                    yield named(mark);
                }
                tokens.next();
                PolicyExpression inner = listed("(", ")");
                yield new Other(inner.parts(), tokens.spanFrom(mark));
            }
            case "CAST" -> cast(mark);
            default -> {
                if (RESERVED.contains(word)) {
                    throw new NotUnderstood();
                }
                yield BARE_CALLS.contains(word) ? bareCall(mark) : named(mark);
            }
        };
    }

    private PolicyExpression bareCall(int mark) {
        String name = tokens.next().name();
        if (tokens.peek().isMark("(")) {
            tokens.skipEnclosed();
        }
        return new Call(name, List.of(), tokens.spanFrom(mark));
    }

    /// A column, a call, or a constant with its type before it.
    private PolicyExpression named(int mark) {
        List<String> path = path();
        if (tokens.peek().isMark("(")) {
            return call(String.join(".", path), mark);
        }
        if (path.size() == 1 && startsConstant()) {
            tokens.reset(mark);
            String type = type();
            if (tokens.peek().kind() != Kind.STRING) {
                throw new NotUnderstood();
            }
            PolicyExpression constant = constant(Value.TEXT);
            return new Cast(constant, type, tokens.spanFrom(mark));
        }
        return new Column(path, tokens.spanFrom(mark));
    }

    /// `interval '1 day'`, `timestamp with time zone '...'`.
    private boolean startsConstant() {
        return tokens.peek().kind() == Kind.STRING
                || ((tokens.peek().is("WITH") || tokens.peek().is("WITHOUT"))
                        && tokens.peek(1).is("TIME"))
                || (tokens.peek().is("PRECISION") && tokens.peek(1).kind() == Kind.STRING);
    }

    /// Names with dots between, the last of which may be a star.
    List<String> path() {
        List<String> path = new ArrayList<>();
        do {
            Token token = tokens.next();
            if (token.isOperator("*") && !path.isEmpty()) {
                path.add("*");
                return List.copyOf(path);
            }
            if (!token.isName()) {
                throw new NotUnderstood();
            }
            path.add(token.name());
        } while (tokens.skipMark("."));
        return List.copyOf(path);
    }

    private PolicyExpression call(String name, int mark) {
        int open = tokens.mark();
        List<PolicyExpression> arguments;
        try {
            tokens.requireMark("(");
            arguments = arguments();
            tokens.requireMark(")");
        } catch (NotUnderstood e) {
            tokens.reset(open);
            tokens.skipEnclosed();
            arguments = List.of(new Other(List.of(), tokens.spanFrom(open)));
        }
        Call call = new Call(name, arguments, tokens.spanFrom(mark));
        return behindCall() ? new Other(List.of(call), tokens.spanFrom(mark)) : call;
    }

    private List<PolicyExpression> arguments() {
        List<PolicyExpression> arguments = new ArrayList<>();
        if (tokens.peek().isMark(")")) {
            return List.of();
        }
        do {
            if (!tokens.skip("VARIADIC")) {
                tokens.skip("DISTINCT");
            }
            if (tokens.peek().isName()
                    && (tokens.peek(1).isOperator("=>") || tokens.peek(1).isMark(":"))) {
                tokens.next();
                tokens.next();
                // The second half of `:=`.
                if (tokens.peek().isOperator("=")) {
                    tokens.next();
                }
            }
            arguments.add(expressions.expression(ExpressionParser.OR));
        } while (tokens.skipMark(",") || SEPARATORS.stream().anyMatch(tokens::skip));
        return List.copyOf(arguments);
    }

    /// FILTER, OVER and WITHIN GROUP, whose text is only passed over.
    private boolean behindCall() {
        boolean found = false;
        while (true) {
            if (tokens.peek().is("WITHIN") && tokens.peek(1).is("GROUP")) {
                tokens.next();
                tokens.next();
            } else if ((tokens.peek().is("FILTER") || tokens.peek().is("OVER"))
                    && tokens.peek(1).isMark("(")) {
                tokens.next();
            } else {
                return found;
            }
            tokens.skipEnclosed();
            found = true;
        }
    }

    /// A group, a row, or a sub-select. What is not understood goes to its parenthesis.
    private PolicyExpression parenthesised() {
        int mark = tokens.mark();
        if (SelectParser.starts(tokens.peek(1))) {
            return selects.select();
        }
        try {
            tokens.requireMark("(");
            PolicyExpression inner = expressions.expression(ExpressionParser.OR);
            if (tokens.skipMark(")")) {
                return new Group(inner, tokens.spanFrom(mark));
            }
            tokens.reset(mark);
            return listed("(", ")");
        } catch (NotUnderstood e) {
            tokens.reset(mark);
            tokens.skipEnclosed();
            return new Other(List.of(), tokens.spanFrom(mark));
        }
    }

    private PolicyExpression listed(String open, String close) {
        int mark = tokens.mark();
        tokens.requireMark(open);
        List<PolicyExpression> items = new ArrayList<>();
        if (!tokens.peek().isMark(close)) {
            do {
                items.add(expressions.expression(ExpressionParser.OR));
            } while (tokens.skipMark(","));
        }
        tokens.requireMark(close);
        return new Other(List.copyOf(items), tokens.spanFrom(mark));
    }

    /// What stands behind IN.
    List<PolicyExpression> choices() {
        return SelectParser.starts(tokens.peek(1))
                ? List.of(selects.select())
                : listed("(", ")").parts();
    }

    private PolicyExpression cases(int mark) {
        tokens.require("CASE");
        List<PolicyExpression> parts = new ArrayList<>();
        if (!tokens.peek().is("WHEN")) {
            parts.add(expressions.expression(ExpressionParser.OR));
        }
        while (tokens.skip("WHEN")) {
            parts.add(expressions.expression(ExpressionParser.OR));
            tokens.require("THEN");
            parts.add(expressions.expression(ExpressionParser.OR));
        }
        if (tokens.skip("ELSE")) {
            parts.add(expressions.expression(ExpressionParser.OR));
        }
        tokens.require("END");
        return new Other(List.copyOf(parts), tokens.spanFrom(mark));
    }

    private PolicyExpression cast(int mark) {
        tokens.require("CAST");
        tokens.requireMark("(");
        PolicyExpression operand = expressions.expression(ExpressionParser.OR);
        tokens.require("AS");
        String type = type();
        tokens.requireMark(")");
        return new Cast(operand, type, tokens.spanFrom(mark));
    }

    /// `IS JSON`, `IS DOCUMENT`, `IS NFC NORMALIZED`, behind IS and NOT.
    PolicyExpression kindTest(PolicyExpression operand, int mark) {
        Token word = tokens.next();
        if (word.kind() != Kind.WORD) {
            throw new NotUnderstood();
        }
        List.of("VALUE", "ARRAY", "OBJECT", "SCALAR", "NORMALIZED").forEach(tokens::skip);
        if (tokens.skip("WITH") || tokens.skip("WITHOUT")) {
            tokens.require("UNIQUE");
            tokens.skip("KEYS");
        }
        return new Other(List.of(operand), tokens.spanFrom(mark));
    }

    /// The name of a type, as written.
    String type() {
        int mark = tokens.mark();
        if (tokens.skip("SETOF")) {
            throw new NotUnderstood();
        }
        path();
        boolean more = true;
        while (more) {
            if (tokens.peek().isMark("(")) {
                tokens.skipEnclosed();
            } else if (tokens.peek().is("WITH") || tokens.peek().is("WITHOUT")) {
                tokens.next();
                tokens.require("TIME");
                tokens.require("ZONE");
            } else if (tokens.peek().is("TO") || isTypeWord(tokens.peek())) {
                tokens.next();
            } else {
                more = false;
            }
        }
        tokens.skip("ARRAY");
        while (tokens.peek().isMark("[")) {
            tokens.skipEnclosed();
        }
        return tokens.spanFrom(mark).text();
    }

    private static boolean isTypeWord(Token token) {
        return token.kind() == Kind.WORD
                && TYPE_WORDS.contains(token.text().toUpperCase(Locale.ROOT));
    }
}
