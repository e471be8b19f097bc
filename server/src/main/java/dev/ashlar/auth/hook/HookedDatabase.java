package dev.ashlar.auth.hook;

import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.util.List;
import java.util.function.Function;

/// Transactions in which webhooks may be asked, without one being open meanwhile: it would keep a
/// connection, of which there are few, for as long as a foreign server likes.
///
/// Work that asks is rolled back, the webhook is called, and the work runs again with its answer in
/// hand. If it then asks something else, because what it has read has changed, it starts over.
public final class HookedDatabase implements SqlDatabase {
    /// An account and its token are two questions; the rest is for changes in between.
    private static final int MAX_RUNS = 5;

    private final SqlDatabase database;
    private final HookCall hooks;

    public HookedDatabase(SqlDatabase database, HookCall hooks) {
        this.database = database;
        this.hooks = hooks;
    }

    @Override
    public <T> T transaction(Function<SqlTransaction, T> work) {
        RunAgain memory = new RunAgain();
        for (int run = 1; run <= MAX_RUNS; run++) {
            memory.start();
            try {
                return database.transaction(tx -> work.apply(new HookedTransaction(tx, memory)));
            } catch (HookAsked asked) {
                memory.remember(asked.question(), hooks.post(asked.question()));
            }
        }
        throw new ProblemException(new Refused(ErrorCode.HOOK_TIMEOUT_AFTER_RETRY));
    }

    /// No hook is asked where nothing is written.
    @Override
    public <T> T snapshot(Function<SqlTransaction, T> work) {
        return database.snapshot(work);
    }

    @Override
    public List<SqlRow> once(SqlStatement statement) {
        return database.once(statement);
    }
}
