package dev.ashlar.auth.account;

import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ProblemException;

/// The database's word for a value that is taken (SQLSTATE 23505).
public final class UniqueViolation {
    private UniqueViolation() {}

    public static boolean causes(ProblemException e) {
        return e.problem() instanceof DataProblem.Rejected rejected
                && rejected.sqlState().equals("23505");
    }
}
