package dev.ashlar.face.rest;

import dev.ashlar.face.rest.RestProblems.Words;
import dev.ashlar.problem.RequestProblem;

/// The words for a request that cannot be understood or is not allowed in its form.
final class RequestWords {
    private RequestWords() {}

    static Words of(RequestProblem problem) {
        return switch (problem) {
            case RequestProblem.Malformed malformed -> malformed(malformed);
            case RequestProblem.RangeUnsatisfiable range -> range(range);
            case RequestProblem.BodyMalformed(var reason) -> say(problem, reason);
            case RequestProblem.NotAcceptable(var accepted) ->
                    say(
                            problem,
                            "None of these media types are available: "
                                    + String.join(", ", accepted));
            case RequestProblem.ContentTypeUnsupported(var type) ->
                    say(problem, "Content-Type not acceptable: " + type);
            case RequestProblem.MethodUnsupported(var method) ->
                    say(problem, "Unsupported HTTP method: " + method);
            case RequestProblem.RoutineMethod(var method) ->
                    say(problem, "Cannot use the " + method + " method on RPC");
            case RequestProblem.PutMalformed _ ->
                    say(
                            problem,
                            "Filters must include all and only primary key columns with 'eq' operators");
            case RequestProblem.PutWithPage _ ->
                    say(problem, "limit/offset querystring parameters are not allowed for PUT");
            case RequestProblem.PutKeyMismatch _ ->
                    say(problem, "Payload values do not match URL in primary key column(s)");
            case RequestProblem.LimitWithoutOrder _ ->
                    say(problem, "A 'limit' was applied without an explicit 'order'");
            case RequestProblem.EmbedNotSelected(var embed) ->
                    hint(
                            problem,
                            "'" + embed + "' is not an embedded resource in this request",
                            "Verify that '"
                                    + embed
                                    + "' is included in the 'select' query parameter.");
            case RequestProblem.OrderNotToOne(var origin, var target) ->
                    explain(
                            problem,
                            "A related order on '" + target + "' is not possible",
                            notToOne(origin, target));
            case RequestProblem.SpreadNotToOne(var origin, var target) ->
                    explain(
                            problem,
                            "A spread operation on '" + target + "' is not possible",
                            notToOne(origin, target));
            case RequestProblem.EmbedFilterUnsupported(var embed) ->
                    explain(
                            problem,
                            "Bad operator on the '" + embed + "' embedded resource",
                            "Only is null or not is null filters are allowed on embedded resources");
            case RequestProblem.PreferenceInvalid(var invalid) ->
                    explain(
                            problem,
                            "Invalid preferences given with handling=strict",
                            "Invalid preferences: " + String.join(", ", invalid));
            case RequestProblem.AggregatesDisabled _ ->
                    say(problem, "Use of aggregate functions is not allowed");
            case RequestProblem.FeatureUnsupported(var feature) ->
                    say(problem, "Feature not implemented: " + feature);
            case RequestProblem.PathInvalid _ ->
                    say(problem, "Invalid path specified in request URL");
        };
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
        String text = malformed.text();
        String found =
                malformed.position() < text.length()
                        ? "unexpected \"" + text.charAt(malformed.position()) + "\""
                        : "unexpected end of input";
        return Words.of(
                malformed.code(),
                found + " expecting " + malformed.expected(),
                null,
                "\"failed to parse "
                        + malformed.parameter()
                        + " ("
                        + text
                        + ")\" (line 1, column "
                        + (malformed.position() + 1)
                        + ")");
    }
}
