package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.wire.ServerError;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.InternalProblem;
import dev.ashlar.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// The server's refusals, and what a connection fails with, as problems, by SQLSTATE.
final class PostgresProblems {
    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final String FEATURE_NOT_SUPPORTED = "0A000";
    private static final String FAILED_TRANSACTION = "25P02";
    private static final String QUERY_CANCELED = "57014";
    private static final String UNKNOWN_STATEMENT = "26000";

    private PostgresProblems() {}

    /// `anonymous` is whether the caller showed no token: dialects answer 401 instead of 403 then.
    static ProblemException from(Throwable error, Sender sender) {
        return switch (error) {
            case ProblemException problem -> problem;
            case ServerError refusal when breaksConnection(refusal) -> unreachable(refusal);
            case ServerError refusal when isFull(refusal) ->
                    new ProblemException(new DataProblem.Busy(), refusal);
            case ServerError refusal ->
                    new ProblemException(
                            new DataProblem.Rejected(
                                    refusal.sqlState(),
                                    refusal.message(),
                                    refusal.detail(),
                                    refusal.hint(),
                                    sender == Sender.ANONYMOUS));
            case NullPointerException bug -> unexpected(bug);
            case ClassCastException bug -> unexpected(bug);
            case IllegalStateException bug -> unexpected(bug);
            case IllegalArgumentException bug -> unexpected(bug);
            case IndexOutOfBoundsException bug -> unexpected(bug);
            // A broken or missing connection has many types.
            case Throwable other -> unreachable(other);
        };
    }

    /// Who is told about the refusal.
    enum Sender {
        ANONYMOUS,
        KNOWN
    }

    /// Functions raise the same state, as ERROR, of things of their own.
    private static boolean isFull(ServerError refusal) {
        return TOO_MANY_CONNECTIONS.equals(refusal.sqlState())
                && !"ERROR".equals(refusal.severity());
    }

    static ProblemException unreachable(@Nullable Throwable cause) {
        return new ProblemException(new DataProblem.Unreachable(), cause);
    }

    /// What the database says of a cancelled statement, for what was not even sent: its caller has
    /// left, and nobody reads this.
    static ProblemException abandoned() {
        return new ProblemException(
                new DataProblem.Rejected(
                        QUERY_CANCELED,
                        "canceling statement due to user request",
                        null,
                        null,
                        false));
    }

    static ProblemException unexpected(Throwable cause) {
        return new ProblemException(new InternalProblem.Unexpected(), cause);
    }

    /// True of what a connection says or does when it breaks, not of a statement's own refusal:
    /// functions raise these SQLSTATEs too (`invalid_password`; 08006 of a foreign server), as
    /// ERROR. The word comes in the server's language, hence the states besides.
    static boolean breaksConnection(Throwable error) {
        if (!(error instanceof ServerError refusal)) {
            return !(error instanceof ProblemException);
        }
        String state = refusal.sqlState();
        if ("ERROR".equals(refusal.severity())) {
            return false;
        }
        return state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("28")
                || ("FATAL".equals(refusal.severity()) && !TOO_MANY_CONNECTIONS.equals(state));
    }

    /// True when the table changed under a prepared statement: it did not run and may be prepared
    /// anew.
    static boolean stalePlan(Throwable error) {
        return error instanceof ServerError refusal
                && (UNKNOWN_STATEMENT.equals(refusal.sqlState())
                        || (FEATURE_NOT_SUPPORTED.equals(refusal.sqlState())
                                && refusal.message().startsWith("cached plan")));
    }

    /// True when nothing could run, since a transaction before had failed and was not ended.
    static boolean foundFailedTransaction(Throwable error) {
        return sqlState(error).equals(FAILED_TRANSACTION);
    }

    /// Empty for what the server did not say.
    static String sqlState(Throwable error) {
        return error instanceof ServerError refusal ? refusal.sqlState() : "";
    }
}
