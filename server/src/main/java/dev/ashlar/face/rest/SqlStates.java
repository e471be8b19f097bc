package dev.ashlar.face.rest;

import dev.ashlar.problem.DataProblem;
import java.util.regex.Pattern;

/// The HTTP status of each SQLSTATE (PostgREST's reference, "Errors: PostgreSQL errors").
final class SqlStates {
    /// What the extension `pg-safeupdate` says of a write without a filter.
    private static final String UNBOUNDED = "requires a WHERE clause";

    /// The role of the token is none of the database's.
    private static final Pattern NO_SUCH_ROLE = Pattern.compile("role \".*\" does not exist");

    private static final Pattern OWN_STATUS = Pattern.compile("PT[2-9]\\d\\d");

    private SqlStates() {}

    static int status(DataProblem.Rejected rejected) {
        String state = rejected.sqlState();
        return switch (state) {
            case "23503", "23505" -> 409;
            case "25006" -> 405;
            case "21000" -> rejected.message().endsWith(UNBOUNDED) ? 400 : 500;
            case "22023" -> NO_SUCH_ROLE.matcher(rejected.message()).matches() ? 401 : 400;
            case "42883", "42P01" -> 404;
            case "42P17" -> 500;
            case "42501" -> rejected.anonymous() ? 401 : 403;
            case "53400" -> 500;
            case "57P01" -> 503;
            case "P0001" -> 400;
            default -> byClass(state);
        };
    }

    /// A status that the database's code chose, with its message as the words for it.
    static boolean isOwnStatus(String state) {
        return OWN_STATUS.matcher(state).matches();
    }

    private static int byClass(String state) {
        if (isOwnStatus(state)) {
            return Integer.parseInt(state.substring(2));
        }
        if (state.startsWith("PT")) {
            return 500;
        }
        return switch (state.length() == 5 ? state.substring(0, 2) : "") {
            case "08", "53" -> 503;
            case "0L", "0P", "28" -> 403;
            case "09",
                    "25",
                    "2D",
                    "38",
                    "39",
                    "3B",
                    "40",
                    "54",
                    "55",
                    "57",
                    "58",
                    "F0",
                    "HV",
                    "P0",
                    "XX" ->
                    500;
            default -> 400;
        };
    }
}
