package dev.ashlar.face.rest;

import dev.ashlar.face.rest.FilterParser.Junction;
import dev.ashlar.face.rest.FilterParser.Negation;
import dev.ashlar.face.rest.QueryString.Parameter;
import dev.ashlar.intent.FieldPath;
import dev.ashlar.intent.Query;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.Problem;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/// The query string of one request, sorted: what makes the query, and what belongs to a write or a
/// call.
///
/// `arguments` are the parameters of a function call by GET; `legacyNames` has the relations that
/// parameters named though their embeds go by an alias, with the alias.
record Parameters(
        Query query,
        List<String> columns,
        List<String> onConflict,
        Map<String, List<String>> arguments,
        Map<String, String> legacyNames) {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,100}");
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    /// What is no column unless it is quoted.
    private static final Set<String> RESERVED = Set.of("order", "limit", "offset", "and", "or");

    /// Whether parameters that are no conditions are arguments of a function.
    enum Use {
        TABLE,
        FUNCTION
    }

    static Parameters parse(String queryString, Use use) {
        List<Parameter> parameters = QueryString.assigned(queryString);
        Level root = SelectParser.parse(select(parameters));
        List<String> columns = List.of();
        List<String> onConflict = List.of();
        Map<String, List<String>> arguments = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            switch (parameter.name()) {
                case "select" -> {}
                case "columns" -> columns = names("columns parameter", parameter.value());
                case "on_conflict" ->
                        onConflict = names("on_conflict parameter", parameter.value());
                default -> {
                    if (use == Use.FUNCTION && isArgument(parameter)) {
                        arguments
                                .computeIfAbsent(parameter.name(), _ -> new ArrayList<>())
                                .add(parameter.value());
                    } else {
                        accept(root, parameter);
                    }
                }
            }
        }
        return new Parameters(root.query(), columns, onConflict, arguments, root.legacyNames());
    }

    /// Whether rows are answered as they are, with all their columns.
    static boolean selectsAll(String queryString) {
        return !queryString.contains("select=")
                || select(QueryString.parse(queryString)).equals("*");
    }

    private static String select(List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            if (parameter.name().equals("select")) {
                return parameter.value();
            }
        }
        return "*";
    }

    private static boolean isArgument(Parameter parameter) {
        return !RESERVED.contains(lastWord(parameter))
                && !FilterParser.looksLikeCondition(parameter.value());
    }

    private static String lastWord(Parameter parameter) {
        return parameter.name().substring(parameter.name().lastIndexOf('.') + 1);
    }

    private static List<String> names(String parameter, String text) {
        Cursor in = new Cursor(parameter, text);
        List<String> names = new ArrayList<>();
        do {
            names.add(FieldParser.name(in));
        } while (in.take(","));
        if (!in.atEnd()) {
            throw in.fail("\",\" or end of input");
        }
        return names;
    }

    /// Puts the parameter on the level that the names in front lead to: `posts.comments.order`.
    private static void accept(Level root, Parameter parameter) {
        Cursor in = new Cursor("tree path", parameter.name());
        List<String> path = new ArrayList<>();
        FieldPath field = FieldParser.field(in);
        while (in.take(".") && field.steps().isEmpty()) {
            path.add(field.column());
            field = FieldParser.field(in);
        }
        if (!in.atEnd()) {
            throw in.fail("end of input");
        }
        String word = RESERVED.contains(lastWord(parameter)) ? field.column() : "";
        boolean junction = word.equals("and") || word.equals("or");
        boolean negated = junction && !path.isEmpty() && path.getLast().equals("not");
        if (negated) {
            path.removeLast();
        }
        Level level = root.descend(path);
        String value = parameter.value();
        if (field.steps().isEmpty() && grouped(level, field.column(), value)) {
            return;
        }
        switch (word) {
            case "order" -> {
                if (!value.isEmpty()) {
                    level.order(OrderParser.parse(value));
                }
            }
            case "limit" -> findNumber("Limit", value).ifPresent(level::limit);
            case "offset" -> findNumber("Offset", value).ifPresent(level::offset);
            case "and" -> level.filter(FilterParser.tree(Junction.AND, negation(negated), value));
            case "or" -> level.filter(FilterParser.tree(Junction.OR, negation(negated), value));
            default -> level.filter(FilterParser.condition(field, value));
        }
    }

    /// Takes what is said of groups of rows. A value that reads as a condition is one on a column
    /// of that name.
    private static boolean grouped(Level level, String name, String value) {
        if (name.equals("having") && !FilterParser.looksLikeCondition(value)) {
            level.having(FilterParser.having(value));
            return true;
        }
        if (name.equals("distinct") && value.equals("true")) {
            level.distinct();
            return true;
        }
        return false;
    }

    private static Negation negation(boolean negated) {
        return negated ? Negation.NOT : Negation.NONE;
    }

    /// Anything but a whole number bounds nothing.
    private static OptionalLong findNumber(String name, String text) {
        String digits = text.strip();
        if (!WHOLE_NUMBER.matcher(digits).matches()) {
            return OptionalLong.empty();
        }
        BigInteger number = new BigInteger(digits);
        if (number.signum() < 0) {
            throw new ProblemException(negative(name));
        }
        return OptionalLong.of(number.min(MOST).longValueExact());
    }

    /// A negative offset is left to the database by the dialect: these are its words.
    private static Problem negative(String name) {
        return name.equals("Limit")
                ? new RequestProblem.RangeUnsatisfiable(
                        -1, null, "Limit should be greater than or equal to zero.")
                : new DataProblem.Rejected(
                        "2201X", "OFFSET must not be negative", null, null, false);
    }
}
