package dev.ashlar.face.rest;

import dev.ashlar.face.rest.FilterParser.Junction;
import dev.ashlar.face.rest.QueryString.Parameter;
import dev.ashlar.intent.FieldPath;
import dev.ashlar.intent.Filter;
import dev.ashlar.intent.Query;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The query string of one request, sorted: what makes the query, and what belongs to a write or a
/// call.
///
/// `arguments` are the parameters of a function call by GET.
record Parameters(
        Query query,
        List<String> columns,
        List<String> onConflict,
        Map<String, List<String>> arguments) {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");

    /// Whether parameters that are no conditions are arguments of a function.
    enum Use {
        TABLE,
        FUNCTION
    }

    static Parameters parse(String queryString, Use use) {
        List<Parameter> parameters = QueryString.parse(queryString);
        Level root = SelectParser.parse(select(parameters));
        List<String> columns = List.of();
        List<String> onConflict = List.of();
        Map<String, List<String>> arguments = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            switch (parameter.name()) {
                case "select" -> {}
                case "columns" -> columns = names("columns", parameter.value());
                case "on_conflict" -> onConflict = names("on_conflict", parameter.value());
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
        return new Parameters(root.query(), columns, onConflict, arguments);
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
        String name = parameter.name();
        String last = name.substring(name.lastIndexOf('.') + 1);
        return switch (last) {
            case "order", "limit", "offset", "and", "or" -> false;
            default -> !FilterParser.looksLikeCondition(parameter.value());
        };
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
        Cursor in = new Cursor("filter", parameter.name());
        List<String> path = new ArrayList<>();
        FieldPath field = FieldParser.field(in);
        while (in.take(".") && field.steps().isEmpty()) {
            path.add(field.column());
            field = FieldParser.field(in);
        }
        if (!in.atEnd()) {
            throw in.fail("end of input");
        }
        boolean negated = !path.isEmpty() && path.getLast().equals("not") && isJunction(field);
        if (negated) {
            path.removeLast();
        }
        Level level = root.descend(path);
        String value = parameter.value();
        switch (field.steps().isEmpty() ? field.column() : "") {
            case "order" -> {
                if (!value.isEmpty()) {
                    level.order(OrderParser.parse(value));
                }
            }
            case "limit" -> level.limit(number("limit", value));
            case "offset" -> level.offset(number("offset", value));
            case "and" -> level.filter(negate(FilterParser.tree(Junction.AND, value), negated));
            case "or" -> level.filter(negate(FilterParser.tree(Junction.OR, value), negated));
            default -> level.filter(FilterParser.condition(field, value));
        }
    }

    private static boolean isJunction(FieldPath field) {
        return field.steps().isEmpty()
                && (field.column().equals("and") || field.column().equals("or"));
    }

    private static Filter negate(Filter filter, boolean negated) {
        return negated ? new Filter.Not(filter) : filter;
    }

    private static long number(String name, String text) {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw new Cursor(name, text).fail("a whole number");
        }
        long number = Long.parseLong(text);
        if (number < 0) {
            throw new ProblemException(
                    new RequestProblem.RangeUnsatisfiable(
                            number,
                            null,
                            name.equals("limit")
                                    ? "Limit should be greater than or equal to zero."
                                    : "Offset should be greater than or equal to zero."));
        }
        return number;
    }
}
