package dev.ashlar.policy.expression;

import dev.ashlar.policy.expression.PolicyExpression.And;
import dev.ashlar.policy.expression.PolicyExpression.Cast;
import dev.ashlar.policy.expression.PolicyExpression.Comparison;
import dev.ashlar.policy.expression.PolicyExpression.Constant;
import dev.ashlar.policy.expression.PolicyExpression.Group;
import dev.ashlar.policy.expression.PolicyExpression.In;
import dev.ashlar.policy.expression.PolicyExpression.IsNull;
import dev.ashlar.policy.expression.PolicyExpression.Not;
import dev.ashlar.policy.expression.PolicyExpression.Or;
import dev.ashlar.policy.expression.PolicyExpression.Other;
import dev.ashlar.policy.expression.PolicyExpression.Value;
import dev.ashlar.policy.expression.Token.Kind;
import dev.ashlar.policy.expression.Tokens.NotUnderstood;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads conditions by PostgreSQL's precedence of operators. What stands on the left decides how
/// far an operand goes ("precedence climbing").
final class ExpressionParser {
    /// How strongly operators bind, weakest first (PostgreSQL's manual, "Operator Precedence").
    static final int OR = 1;

    static final int AND = 2;
    static final int NOT = 3;
    static final int IS = 4;
    static final int COMPARISON = 5;
    static final int RANGE = 6;
    static final int OPERATOR = 7;
    static final int SUM = 8;
    static final int PRODUCT = 9;
    static final int POWER = 10;
    static final int ZONE = 11;
    static final int COLLATE = 12;
    static final int SIGN = 13;
    static final int POSTFIX = 14;

    private static final int NONE = -1;

    /// Nesting beyond it is not taken apart: a tree so deep is walked by recursion.
    private static final int MAX_DEPTH = 200;

    private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", ">", "<=", ">=");

    /// Other operators that answer true or false.
    private static final Set<String> TESTS =
            Set.of(
                    "~", "~*", "!~", "!~*", "~~", "!~~", "~~*", "!~~*", "@>", "<@", "&&", "?", "?|",
                    "?&", "@@", "@@@", "@?", "^@", "-|-", "&<", "&>", "<<=", ">>=", "~=");

    private final Tokens tokens;
    private final OperandParser operands;
    private int depth;

    private ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
        this.operands = new OperandParser(tokens, this);
    }

    static PolicyExpression parse(String text) {
        Tokens tokens = new Tokens(text);
        try {
            PolicyExpression parsed = new ExpressionParser(tokens).expression(OR);
            // Comments and white space around belong to the text, which is given back whole.
            if (tokens.atEnd() && parsed.sql().equals(text)) {
                return parsed;
            }
            Span whole = new Span(text, 0, text.length());
            return tokens.atEnd() ? new Group(parsed, whole) : new Other(List.of(), whole);
        } catch (NotUnderstood e) {
            return new Other(List.of(), new Span(text, 0, text.length()));
        }
    }

    /// @param weakest operators that bind more weakly end it
    PolicyExpression expression(int weakest) {
        if (++depth > MAX_DEPTH) {
            depth--;
            throw new NotUnderstood();
        }
        try {
            int mark = tokens.mark();
            PolicyExpression left = prefixed(mark);
            for (int length = 0; strength(left) >= weakest; length++) {
                if (length > MAX_DEPTH) {
                    throw new NotUnderstood();
                }
                left = continued(left, mark);
            }
            return left;
        } finally {
            depth--;
        }
    }

    private PolicyExpression prefixed(int mark) {
        Token token = tokens.peek();
        if (token.is("NOT")) {
            tokens.next();
            PolicyExpression inner = expression(NOT);
            return new Not(inner, tokens.spanFrom(mark));
        }
        if (token.kind() == Kind.OPERATOR) {
            tokens.next();
            boolean sign = token.isOperator("-") || token.isOperator("+");
            PolicyExpression operand = expression(sign ? SIGN : OPERATOR + 1);
            return operand instanceof Constant constant && constant.value() == Value.NUMBER
                    ? new Constant(Value.NUMBER, tokens.spanFrom(mark))
                    : new Other(List.of(operand), tokens.spanFrom(mark));
        }
        return operands.operand();
    }

    /// How strongly what comes next binds to what was read.
    private int strength(PolicyExpression left) {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case OPERATOR -> operatorStrength(token.text());
            case MARK ->
                    switch (token.text()) {
                        case "::", "[" -> POSTFIX;
                        case "." -> left instanceof PolicyExpression.Column ? NONE : POSTFIX;
                        default -> NONE;
                    };
            case WORD -> wordStrength(token.text().toUpperCase(Locale.ROOT));
            default -> NONE;
        };
    }

    private static int operatorStrength(String operator) {
        if (COMPARISONS.contains(operator)) {
            return COMPARISON;
        }
        return switch (operator) {
            case "+", "-" -> SUM;
            case "*", "/", "%" -> PRODUCT;
            case "^" -> POWER;
            default -> OPERATOR;
        };
    }

    private int wordStrength(String word) {
        return switch (word) {
            case "OR" -> OR;
            case "AND" -> AND;
            case "IS", "ISNULL", "NOTNULL" -> IS;
            case "IN", "BETWEEN", "LIKE", "ILIKE", "SIMILAR", "OVERLAPS" -> RANGE;
            case "NOT" -> isRange(tokens.peek(1)) ? RANGE : NONE;
            case "OPERATOR" -> tokens.peek(1).isMark("(") ? OPERATOR : NONE;
            case "AT" -> ZONE;
            case "COLLATE" -> COLLATE;
            default -> NONE;
        };
    }

    private static boolean isRange(Token token) {
        return token.is("IN")
                || token.is("BETWEEN")
                || token.is("LIKE")
                || token.is("ILIKE")
                || token.is("SIMILAR");
    }

    private PolicyExpression continued(PolicyExpression left, int mark) {
        Token token = tokens.peek();
        if (token.kind() == Kind.OPERATOR) {
            return infix(left, mark);
        }
        if (token.kind() == Kind.MARK) {
            return postfix(left, mark);
        }
        return switch (token.text().toUpperCase(Locale.ROOT)) {
            case "OR" -> new Or(terms(left, "OR", AND), tokens.spanFrom(mark));
            case "AND" -> new And(terms(left, "AND", NOT), tokens.spanFrom(mark));
            case "OPERATOR" -> infix(left, mark);
            case "AT" -> zone(left, mark);
            case "COLLATE" -> {
                tokens.next();
                operands.path();
                yield new Other(List.of(left), tokens.spanFrom(mark));
            }
            case "IS" -> is(left, mark);
            case "ISNULL" -> {
                tokens.next();
                yield new IsNull(left, false, tokens.spanFrom(mark));
            }
            case "NOTNULL" -> {
                tokens.next();
                yield new IsNull(left, true, tokens.spanFrom(mark));
            }
            default -> range(left, mark);
        };
    }

    /// The terms that AND or OR join on one level; those in parentheses are their own.
    private List<PolicyExpression> terms(PolicyExpression first, String word, int stronger) {
        List<PolicyExpression> terms = new ArrayList<>(List.of(first));
        while (tokens.skip(word)) {
            terms.add(expression(stronger));
        }
        return List.copyOf(terms);
    }

    private PolicyExpression infix(PolicyExpression left, int mark) {
        int start = tokens.mark();
        Token token = tokens.next();
        String operator = token.text();
        int strength = OPERATOR;
        if (token.kind() == Kind.WORD) {
            operator = qualifiedOperator();
        } else {
            strength = operatorStrength(operator);
        }
        Span at = tokens.spanFrom(start);
        String known = operator.equals("!=") ? "<>" : operator;
        Optional<String> quantifier = quantifier();
        if (quantifier.isPresent()) {
            return new In(
                    left,
                    known,
                    quantifier.get(),
                    List.of(operands.operand()),
                    tokens.spanFrom(mark));
        }
        PolicyExpression right = expression(strength + 1);
        Span span = tokens.spanFrom(mark);
        return COMPARISONS.contains(operator) || TESTS.contains(operator)
                ? new Comparison(left, known, at, right, span)
                : new Other(List.of(left, right), span);
    }

    /// `OPERATOR(pg_catalog.=)`, behind its first word.
    private String qualifiedOperator() {
        tokens.requireMark("(");
        while (tokens.peek().isName()) {
            tokens.next();
            tokens.requireMark(".");
        }
        Token operator = tokens.next();
        tokens.requireMark(")");
        return operator.text();
    }

    private Optional<String> quantifier() {
        if (!tokens.peek(1).isMark("(")) {
            return Optional.empty();
        }
        if (tokens.skip("ANY") || tokens.skip("SOME")) {
            return Optional.of("ANY");
        }
        return tokens.skip("ALL") ? Optional.of("ALL") : Optional.empty();
    }

    private PolicyExpression postfix(PolicyExpression left, int mark) {
        Token token = tokens.peek();
        if (token.isMark("[")) {
            tokens.skipEnclosed();
            return new Other(List.of(left), tokens.spanFrom(mark));
        }
        tokens.next();
        if (token.isMark("::")) {
            String type = operands.type();
            return new Cast(left, type, tokens.spanFrom(mark));
        }
        Token field = tokens.next();
        if (!field.isName() && !field.isOperator("*")) {
            throw new NotUnderstood();
        }
        return new Other(List.of(left), tokens.spanFrom(mark));
    }

    private PolicyExpression zone(PolicyExpression left, int mark) {
        tokens.require("AT");
        if (tokens.skip("LOCAL")) {
            return new Other(List.of(left), tokens.spanFrom(mark));
        }
        tokens.require("TIME");
        tokens.require("ZONE");
        PolicyExpression zone = expression(ZONE + 1);
        return new Other(List.of(left, zone), tokens.spanFrom(mark));
    }

    private PolicyExpression is(PolicyExpression left, int mark) {
        int start = tokens.mark();
        tokens.require("IS");
        boolean negated = tokens.skip("NOT");
        if (tokens.skip("NULL") || tokens.skip("UNKNOWN")) {
            return new IsNull(left, negated, tokens.spanFrom(mark));
        }
        Span at = tokens.spanFrom(start);
        String operator = negated ? "IS NOT" : "IS";
        if (tokens.peek().is("TRUE") || tokens.peek().is("FALSE")) {
            Value value = tokens.peek().is("TRUE") ? Value.TRUE : Value.FALSE;
            Constant right = new Constant(value, tokens.span(tokens.next()));
            return new Comparison(left, operator, at, right, tokens.spanFrom(mark));
        }
        if (tokens.skip("DISTINCT")) {
            tokens.require("FROM");
            Span distinct = tokens.spanFrom(start);
            PolicyExpression right = expression(COMPARISON);
            return new Comparison(
                    left, operator + " DISTINCT FROM", distinct, right, tokens.spanFrom(mark));
        }
        return operands.kindTest(left, mark);
    }

    private PolicyExpression range(PolicyExpression left, int mark) {
        int start = tokens.mark();
        boolean negated = tokens.skip("NOT");
        Token word = tokens.next();
        if (word.is("IN")) {
            List<PolicyExpression> choices = operands.choices();
            return new In(
                    left,
                    negated ? "<>" : "=",
                    negated ? "ALL" : "ANY",
                    choices,
                    tokens.spanFrom(mark));
        }
        if (word.is("BETWEEN")) {
            if (!tokens.skip("SYMMETRIC")) {
                tokens.skip("ASYMMETRIC");
            }
            PolicyExpression low = expression(OPERATOR);
            tokens.require("AND");
            PolicyExpression high = expression(OPERATOR);
            return new Other(List.of(left, low, high), tokens.spanFrom(mark));
        }
        if (word.is("SIMILAR")) {
            tokens.require("TO");
        }
        return pattern(left, mark, tokens.spanFrom(start));
    }

    /// LIKE, ILIKE, SIMILAR TO and OVERLAPS, behind the words.
    private PolicyExpression pattern(PolicyExpression left, int mark, Span at) {
        String operator = at.text().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT);
        Optional<String> quantifier = quantifier();
        if (quantifier.isPresent()) {
            List<PolicyExpression> choices = List.of(operands.operand());
            return new In(left, operator, quantifier.get(), choices, tokens.spanFrom(mark));
        }
        PolicyExpression right = expression(OPERATOR);
        if (tokens.skip("ESCAPE")) {
            PolicyExpression escape = expression(OPERATOR);
            return new Other(List.of(left, right, escape), tokens.spanFrom(mark));
        }
        return new Comparison(left, operator, at, right, tokens.spanFrom(mark));
    }
}
