package dev.ashlar.backend.postgres;

import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.InternalProblem;
import dev.ashlar.problem.ProblemException;
import io.vertx.pgclient.PgException;
import org.jspecify.annotations.Nullable;

/// The driver's exceptions as problems, by SQLSTATE.
final class PostgresProblems {
    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final String FEATURE_NOT_SUPPORTED = "0A000";
    private static final String UNKNOWN_STATEMENT = "26000";

    private PostgresProblems() {}

    /// `anonymous` is whether the caller showed no token: dialects answer 401 instead of 403 then.
    static ProblemException from(Throwable error, Sender sender) {
        return switch (error) {
            case ProblemException problem -> problem;
            case PgException refusal when breaksConnection(refusal) -> unreachable(refusal);
            case PgException refusal when isFull(refusal) ->
                    new ProblemException(new DataProblem.Busy(), refusal);
            case PgException refusal ->
                    new ProblemException(
                            new DataProblem.Rejected(
                                    orEmpty(refusal.getSqlState()),
                                    orEmpty(refusal.getErrorMessage()),
                                    refusal.getDetail(),
                                    refusal.getHint(),
                                    sender == Sender.ANONYMOUS));
            case NullPointerException bug -> unexpected(bug);
            case ClassCastException bug -> unexpected(bug);
            case IllegalStateException bug -> unexpected(bug);
            case IllegalArgumentException bug -> unexpected(bug);
            case IndexOutOfBoundsException bug -> unexpected(bug);
            // The driver reports a broken or missing connection by many types of its own.
            case Throwable other -> unreachable(other);
        };
    }

    /// Who is told about the refusal.
    enum Sender {
        ANONYMOUS,
        KNOWN
    }

    /// Functions raise the same state, as ERROR, of things of their own.
    private static boolean isFull(PgException refusal) {
        return TOO_MANY_CONNECTIONS.equals(refusal.getSqlState())
                && !"ERROR".equals(refusal.getSeverity());
    }

    static ProblemException unreachable(@Nullable Throwable cause) {
        return new ProblemException(new DataProblem.Unreachable(), cause);
    }

    static ProblemException unexpected(Throwable cause) {
        return new ProblemException(new InternalProblem.Unexpected(), cause);
    }

    /// True of what a connection says or does when it breaks, not of a statement's own refusal:
    /// functions raise these SQLSTATEs too (`invalid_password`; 08006 of a foreign server), as
    /// ERROR. The word comes in the server's language, hence the states besides.
    static boolean breaksConnection(Throwable error) {
        if (!(error instanceof PgException refusal)) {
            return !(error instanceof ProblemException);
        }
        String state = orEmpty(refusal.getSqlState());
        if ("ERROR".equals(refusal.getSeverity())) {
            return false;
        }
        return state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("28")
                || ("FATAL".equals(refusal.getSeverity()) && !TOO_MANY_CONNECTIONS.equals(state));
    }

    /// True when the table changed under a prepared statement: it did not run and may be prepared
    /// anew.
    static boolean stalePlan(Throwable error) {
        return error instanceof PgException refusal
                && (UNKNOWN_STATEMENT.equals(refusal.getSqlState())
                        || (FEATURE_NOT_SUPPORTED.equals(refusal.getSqlState())
                                && orEmpty(refusal.getErrorMessage()).startsWith("cached plan")));
    }

    /// Empty for what the server did not say.
    static String sqlState(Throwable error) {
        return error instanceof PgException refusal ? orEmpty(refusal.getSqlState()) : "";
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
