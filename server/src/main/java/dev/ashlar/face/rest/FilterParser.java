package dev.ashlar.face.rest;

import dev.ashlar.intent.Aggregate;
import dev.ashlar.intent.FieldPath;
import dev.ashlar.intent.Filter;
import dev.ashlar.intent.Filter.Operator;
import dev.ashlar.intent.Filter.Quantifier;
import dev.ashlar.intent.Filter.Test;
import dev.ashlar.intent.Filter.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads conditions: `not.eq.3`, `in.(a,"b,c")`, `like(any).{a*,b*}`, and trees of them in
/// `and=(…)` and `or=(…)`.
final class FilterParser {
    private static final int MAX_VALUES = 100_000;
    private static final String OPERATOR = "\"not\" or operator (eq, gt, ...)";
    private static final String AFTER_NAME =
            "letter, digit, \"-\", \"->>\", \"->\" or delimiter (.)";
    private static final String BRANCH =
            FieldParser.NAME + ", negation operator (not) or logic operator (and, or)";

    private static final Map<String, Operator> QUANTIFIABLE =
            Map.ofEntries(
                    Map.entry("eq", Operator.EQUAL),
                    Map.entry("gte", Operator.GREATER_OR_EQUAL),
                    Map.entry("gt", Operator.GREATER),
                    Map.entry("lte", Operator.LESS_OR_EQUAL),
                    Map.entry("lt", Operator.LESS),
                    Map.entry("like", Operator.LIKE),
                    Map.entry("ilike", Operator.ILIKE),
                    Map.entry("match", Operator.MATCH),
                    Map.entry("imatch", Operator.IMATCH));

    private static final Map<String, Operator> PLAIN =
            Map.ofEntries(
                    Map.entry("neq", Operator.NOT_EQUAL),
                    Map.entry("isdistinct", Operator.DISTINCT),
                    Map.entry("cs", Operator.CONTAINS),
                    Map.entry("cd", Operator.CONTAINED),
                    Map.entry("ov", Operator.OVERLAPS),
                    Map.entry("sl", Operator.STRICTLY_LEFT),
                    Map.entry("sr", Operator.STRICTLY_RIGHT),
                    Map.entry("nxr", Operator.NOT_EXTENDS_RIGHT),
                    Map.entry("nxl", Operator.NOT_EXTENDS_LEFT),
                    Map.entry("adj", Operator.ADJACENT));

    private static final Map<String, Filter.Parser> SEARCH =
            Map.of(
                    "fts", Filter.Parser.QUERY,
                    "plfts", Filter.Parser.PLAIN,
                    "phfts", Filter.Parser.PHRASE,
                    "wfts", Filter.Parser.WEB);

    private static final Map<String, Truth> TRUTHS =
            Map.of(
                    "null", Truth.NULL,
                    "not_null", Truth.NOT_NULL,
                    "true", Truth.TRUE,
                    "false", Truth.FALSE,
                    "unknown", Truth.UNKNOWN);

    private final Cursor in;
    private final Place place;

    /// Whether a value reaches to the end of the parameter or to the next comma of a tree.
    private enum Place {
        PARAMETER,
        TREE,
        /// A tree whose conditions may be on aggregates.
        HAVING
    }

    private FilterParser(Cursor in, Place place) {
        this.in = in;
        this.place = place;
    }

    /// The condition on a field that a parameter `field=value` holds.
    static Filter condition(FieldPath field, String value) {
        Cursor in = new Cursor("filter", value);
        return new FilterParser(in, Place.PARAMETER).tested(field);
    }

    /// Whether a value starts like a condition, so that it is not an argument of a function.
    static boolean looksLikeCondition(String value) {
        String rest = value.startsWith("not.") ? value.substring(4) : value;
        int end = 0;
        while (end < rest.length() && Character.isLetter(rest.charAt(end))) {
            end++;
        }
        boolean follows =
                end < rest.length() && (rest.charAt(end) == '.' || rest.charAt(end) == '(');
        return follows && isOperator(rest.substring(0, end));
    }

    private static boolean isOperator(String word) {
        return QUANTIFIABLE.containsKey(word)
                || PLAIN.containsKey(word)
                || SEARCH.containsKey(word)
                || word.equals("in")
                || word.equals("is");
    }

    /// The tree that a parameter `and=(…)` or `or=(…)` holds. Positions count from the parameter's
    /// last words on.
    static Filter tree(Junction junction, Negation negation, String value) {
        boolean negated = negation == Negation.NOT;
        int skipped = (negated ? "not.".length() : 0) + junction.name().length();
        Cursor in = new Cursor("logic tree", value, skipped);
        Filter tree = new FilterParser(in, Place.TREE).parenthesized(junction);
        if (!in.atEnd()) {
            throw in.fail("end of input");
        }
        return negated ? new Filter.Not(tree) : tree;
    }

    /// What `having` holds: conditions on groups of rows, as a list in parentheses of which all
    /// must hold, or one alone: `amount.sum().gt.100`.
    static Filter having(String value) {
        Cursor in = new Cursor("having", value);
        FilterParser parser = new FilterParser(in, Place.HAVING);
        Filter having =
                in.peek() == '(' ? parser.parenthesized(Junction.AND) : parser.groupCondition();
        if (!in.atEnd()) {
            throw in.fail("end of input");
        }
        return having;
    }

    private Filter condition() {
        requireName();
        FieldPath field = FieldParser.field(in);
        if (!in.take(".")) {
            throw in.fail(AFTER_NAME);
        }
        return tested(field);
    }

    /// What begins like `and` or `or` and turns out to be no condition lacks a parenthesis.
    private void requireName() {
        if (!FieldParser.isNameNext(in)) {
            throw in.fail(BRANCH);
        }
        int start = in.position();
        FieldParser.field(in);
        boolean condition = in.peek() == '.';
        in.reset(start);
        if (!condition && (in.take("and") || in.take("or"))) {
            throw in.fail("\"(\"");
        }
    }

    private Filter groupCondition() {
        if (FieldParser.countsRows(in)) {
            in.expect(".");
            return groupTested(Aggregate.COUNT, null);
        }
        FieldPath field = FieldParser.field(in);
        Aggregate function = FieldParser.aggregate(in);
        in.expect(".");
        return function == null ? tested(field) : groupTested(function, field);
    }

    private Filter groupTested(Aggregate function, @Nullable FieldPath field) {
        boolean negated = in.take("not.");
        Filter condition = new Filter.GroupCondition(function, field, test());
        return negated ? new Filter.Not(condition) : condition;
    }

    enum Junction {
        AND,
        OR
    }

    enum Negation {
        NONE,
        NOT
    }

    private Filter parenthesized(Junction junction) {
        in.enter();
        in.expect("(");
        List<Filter> parts = new ArrayList<>();
        do {
            parts.add(branch());
        } while (in.take(","));
        if (!in.take(")")) {
            throw in.fail("\",\" or \")\"");
        }
        in.leave();
        return junction == Junction.AND ? new Filter.And(parts) : new Filter.Or(parts);
    }

    private Filter branch() {
        while (in.peek() == ' ') {
            in.next();
        }
        int start = in.position();
        boolean negated = in.take("not.");
        Junction junction = in.take("and(") ? Junction.AND : in.take("or(") ? Junction.OR : null;
        if (junction == null) {
            in.reset(start);
            return place == Place.HAVING ? groupCondition() : condition();
        }
        in.reset(in.position() - 1);
        Filter tree = parenthesized(junction);
        return negated ? new Filter.Not(tree) : tree;
    }

    private Filter tested(FieldPath field) {
        boolean negated = in.take("not.");
        Filter condition = new Filter.Condition(field, test());
        return negated ? new Filter.Not(condition) : condition;
    }

    private Test test() {
        int start = in.position();
        String word = in.until(".(,)");
        if (QUANTIFIABLE.containsKey(word)) {
            return quantifiable(QUANTIFIABLE.get(word));
        }
        if (PLAIN.containsKey(word)) {
            in.expect(".");
            return new Filter.Compare(PLAIN.get(word), value());
        }
        if (SEARCH.containsKey(word)) {
            return search(SEARCH.get(word));
        }
        if (word.equals("in")) {
            in.expect(".");
            return new Filter.In(parenthesizedValues());
        }
        if (word.equals("is")) {
            in.expect(".");
            return truth();
        }
        in.reset(start);
        throw in.failWord("not", OPERATOR);
    }

    private Test quantifiable(Operator operator) {
        if (in.take("(any).")) {
            return new Filter.CompareEach(operator, Quantifier.ANY, value());
        }
        if (in.take("(all).")) {
            return new Filter.CompareEach(operator, Quantifier.ALL, value());
        }
        in.expect(".");
        return new Filter.Compare(operator, value());
    }

    private Test search(Filter.Parser parser) {
        Optional<String> language = Optional.empty();
        if (in.take("(")) {
            String name = in.until(")");
            if (name.isEmpty()) {
                throw in.fail("a language");
            }
            language = Optional.of(name);
            in.expect(")");
        }
        in.expect(".");
        return new Filter.FullText(parser, language, value());
    }

    private Test truth() {
        int start = in.position();
        String word = place == Place.PARAMETER ? in.rest() : in.until(",)");
        Truth truth = TRUTHS.get(word.toLowerCase(Locale.ROOT));
        if (truth == null) {
            in.reset(start);
            throw in.fail("isVal: (null, not_null, true, false, unknown)");
        }
        return new Filter.Is(truth);
    }

    private String value() {
        if (place == Place.PARAMETER) {
            return in.rest();
        }
        String quoted = in.quotedUpTo(",)");
        if (quoted != null) {
            return quoted;
        }
        if (in.peek() == '{') {
            String array = in.until("}");
            in.expect("}");
            return array + "}";
        }
        return in.until(",)");
    }

    private List<String> parenthesizedValues() {
        in.expect("(");
        List<String> values = values();
        if (!in.take(")")) {
            throw in.fail("\",\" or \")\"");
        }
        if (place == Place.PARAMETER && !in.atEnd()) {
            throw in.fail("end of input");
        }
        return values;
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        if (in.startsWith(")")) {
            return values;
        }
        do {
            if (values.size() == MAX_VALUES) {
                throw in.fail("at most " + MAX_VALUES + " values");
            }
            String quoted = in.quotedUpTo(",)");
            values.add(quoted == null ? in.until(",)") : quoted);
        } while (in.take(","));
        return values;
    }
}
