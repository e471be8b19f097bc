package dev.ashlar.face.rest;

import dev.ashlar.face.rest.RestProblems.Words;
import dev.ashlar.problem.RequestProblem;

/// The words for a request that cannot be understood or is not allowed in its form.
final class RequestWords {
    private static final String NOT_ACCEPTABLE = "None of these media types are available: ";

    private static final String MAX_AFFECTED_OF_ONE =
            "Function must return SETOF or TABLE when max-affected preference is used with"
                    + " handling=strict";

    private RequestWords() {}

    static Words of(RequestProblem problem) {
        return switch (problem) {
            case RequestProblem.Malformed malformed -> malformed(malformed);
            case RequestProblem.RangeUnsatisfiable range -> range(range);
            case RequestProblem.BodyMalformed(var reason) -> say(problem, reason);
            case RequestProblem.NotAcceptable(var accepted) ->
                    say(problem, NOT_ACCEPTABLE + String.join(", ", accepted));
            case RequestProblem.ContentTypeUnsupported(var type) ->
                    say(problem, "Content-Type not acceptable: " + type);
            case RequestProblem.MethodUnsupported(var method) ->
                    say(problem, "Unsupported HTTP method: " + method);
            case RequestProblem.RoutineMethod(var method) ->
                    say(problem, "Cannot use the " + method + " method on RPC");
            case RequestProblem.MaxAffectedOfOne _ -> say(problem, MAX_AFFECTED_OF_ONE);
            case RequestProblem.PutMalformed _ ->
                    say(
                            problem,
                            "Filters must include all and only primary key columns with 'eq' operators");
            case RequestProblem.PutWithPage _ ->
                    say(problem, "limit/offset querystring parameters are not allowed for PUT");
            case RequestProblem.PutKeyMismatch _ ->
                    say(problem, "Payload values do not match URL in primary key column(s)");
            case RequestProblem.LimitWithoutOrder _ ->
                    hint(
                            problem,
                            "A 'limit' was applied without an explicit 'order'",
                            "Apply an 'order' using unique column(s)");
            case RequestProblem.EmbedNotSelected(var embed) -> notSelected(problem, embed);
            case RequestProblem.OrderNotToOne(var origin, var target) ->
                    explain(
                            problem,
                            "A related order on '" + target + "' is not possible",
                            notToOne(origin, target));
            case RequestProblem.SpreadAggregateUnsupported _ ->
                    explain(
                            problem,
                            "Feature not implemented",
                            "Aggregates are not implemented for one-to-many or many-to-many spreads.");
            case RequestProblem.EmbedFilterUnsupported(var embed) ->
                    explain(
                            problem,
                            "Bad operator on the '" + embed + "' embedded resource",
                            "Only is null or not is null filters are allowed on embedded resources");
            case RequestProblem.PreferenceInvalid invalid -> preferences(invalid);
            case RequestProblem.TimeZoneTooLong(int most) ->
                    explain(
                            problem,
                            "Time zone too long",
                            "What is no known time zone's name has at most "
                                    + most
                                    + " characters");
            case RequestProblem.AggregatesDisabled _ ->
                    say(problem, "Use of aggregate functions is not allowed");
            case RequestProblem.FeatureUnsupported(var feature) ->
                    say(problem, "Feature not implemented: " + feature);
            case RequestProblem.Extension extension -> extension(extension);
            case RequestProblem.RootDisabled _ ->
                    say(problem, "Root endpoint metadata is disabled");
            case RequestProblem.PathInvalid _ ->
                    say(problem, "Invalid path specified in request URL");
        };
    }

    private static Words rowAddress(RequestProblem.RowAddressMalformed malformed) {
        return hint(
                malformed,
                "Invalid path specified in request URL",
                malformed.key().isEmpty()
                        ? "'" + malformed.table() + "' has no primary key: use filters."
                        : "A row of '"
                                + malformed.table()
                                + "' is addressed by "
                                + String.join(",", malformed.key())
                                + ".");
    }

    private static Words precondition(RequestProblem problem) {
        return hint(
                problem,
                "What is there is not what If-Match or If-None-Match says",
                "Read it again, and send the ETag of that answer.");
    }

    private static Words preferences(RequestProblem.PreferenceInvalid problem) {
        return explain(
                problem,
                "Invalid preferences given with handling=strict",
                "Invalid preferences: " + String.join(", ", problem.invalid()));
    }

    private static Words extension(RequestProblem.Extension problem) {
        return switch (problem) {
            case RequestProblem.RowAddressMalformed malformed -> rowAddress(malformed);
            case RequestProblem.PreconditionFailed _ -> precondition(problem);
            case RequestProblem.CursorUnusable(var needed) ->
                    say(problem, "A cursor needs " + needed);
            case RequestProblem.ExplainRefused(var reason) -> say(problem, reason);
            case RequestProblem.ExplainUnusable(var reason) -> say(problem, reason);
            case RequestProblem.PartRefused(_, var refused) -> RestWords.of(refused, "");
        };
    }

    private static Words notSelected(RequestProblem problem, String embed) {
        return hint(
                problem,
                "'" + embed + "' is not an embedded resource in this request",
                "Verify that '" + embed + "' is included in the 'select' query parameter.");
    }

    private static Words say(RequestProblem problem, String message) {
        return Words.of(problem.code(), message);
    }

    private static Words explain(RequestProblem problem, String message, String details) {
        return Words.of(problem.code(), details, null, message);
    }

    private static Words hint(RequestProblem problem, String message, String hint) {
        return Words.of(problem.code(), null, hint, message);
    }

    private static String notToOne(String origin, String target) {
        return "'"
                + origin
                + "' and '"
                + target
                + "' do not form a many-to-one or one-to-one relationship";
    }

    private static Words range(RequestProblem.RangeUnsatisfiable range) {
        String details =
                range.reason() != null
                        ? range.reason()
                        : "An offset of "
                                + range.offset()
                                + " was requested, but there are only "
                                + range.total()
                                + " rows.";
        return explain(range, "Requested range not satisfiable", details);
    }

    private static Words malformed(RequestProblem.Malformed malformed) {
        return Words.of(
                malformed.code(),
                found(malformed) + " expecting " + malformed.expected(),
                null,
                "\"failed to parse "
                        + malformed.parameter()
                        + " ("
                        + malformed.text()
                        + ")\" (line 1, column "
                        + (malformed.position() + malformed.skipped() + 1)
                        + ")");
    }

    /// Where the end would do as well, the dialect quotes what stands there in another way.
    private static String found(RequestProblem.Malformed malformed) {
        if (malformed.found() == null) {
            return "unexpected end of input";
        }
        String quote = malformed.expected().endsWith("end of input") ? "'" : "\"";
        return "unexpected " + quote + shown(malformed.found(), quote) + quote;
    }

    private static String shown(int codePoint, String quote) {
        String text = Character.toString(codePoint);
        if (text.equals(quote) || text.equals("\\")) {
            return "\\" + text;
        }
        return codePoint >= ' ' && codePoint < 127 ? text : "\\" + codePoint;
    }
}
