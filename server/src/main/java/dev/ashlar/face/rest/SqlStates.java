package dev.ashlar.face.rest;

import dev.ashlar.problem.DataProblem;

/// The HTTP status of each SQLSTATE (PostgREST's reference, "Errors: PostgreSQL errors").
final class SqlStates {
    private SqlStates() {}

    static int status(DataProblem.Rejected rejected) {
        String state = rejected.sqlState();
        return switch (state) {
            case "23503", "23505" -> 409;
            case "25006" -> 405;
            case "21000" -> 400;
            case "22023" -> 400;
            case "42883", "42P01" -> 404;
            case "42P17" -> 500;
            case "42501" -> rejected.anonymous() ? 401 : 403;
            case "53400" -> 500;
            case "57P01" -> 503;
            case "P0001" -> 400;
            default -> byClass(state);
        };
    }

    private static int byClass(String state) {
        if (state.matches("PT[2-5]\\d\\d")) {
            return Integer.parseInt(state.substring(2));
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
