package dev.ashlar.backend.postgres.wire;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Completable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is sent up to one Sync, and what is to happen with the answers: steps that the server does
/// one after the other. When one fails, those behind it are not done. Outside of an explicit
/// transaction the steps are one transaction, which the Sync commits (manual, "Pipelining").
public final class Exchange extends Request {
    /// The transaction status of ReadyForQuery; the others are `T` and, failed, `E`.
    private static final char OUTSIDE_TRANSACTIONS = 'I';

    private final List<Step> steps = new ArrayList<>(3);
    private final Completable<Void> end;
    private int at;
    private @Nullable Throwable failure;
    private char status;

    /// `end` hears of the answer to the Sync: that all was done, and committed where that was due.
    /// It fails with what failed first.
    public Exchange(Completable<Void> end) {
        this.end = end;
    }

    public Exchange() {
        this((_, _) -> {});
    }

    /// Executes the statement; it is parsed first when it has to be. `reply` gets the number of
    /// rows in the command tag.
    public Exchange execute(
            Prepared prepared,
            List<@Nullable Object> values,
            RowSink sink,
            Completable<Long> reply) {
        steps.add(new Step.Execute(prepared, values, sink, reply));
        return this;
    }

    /// Lets the server forget the statement.
    public Exchange close(Prepared prepared) {
        steps.add(new Step.Close(prepared));
        return this;
    }

    /// Whether the server has said that no transaction is open behind the Sync.
    public boolean leftNoTransaction() {
        return status == OUTSIDE_TRANSACTIONS;
    }

    @Override
    void write(ByteBuf out) {
        for (Step step : steps) {
            step.write(out);
        }
        FrontendMessages.sync(out);
    }

    @Override
    boolean receive(byte type, ByteBuf content) {
        if (type == 'Z') {
            status = (char) content.readByte();
            return true;
        }
        if (failure != null || at == steps.size()) {
            throw new ProtocolViolationException("an answer to nothing: " + (char) type);
        }
        Step step = steps.get(at);
        if (step.receive(type, content)) {
            at++;
            step.succeed();
        }
        return false;
    }

    @Override
    void dropped(Throwable error) {
        if (at < steps.size()) {
            steps.get(at).drop(error);
        }
    }

    /// What was not done has failed. Safe to call again.
    @Override
    void fail(Throwable error) {
        failure = failure == null ? error : failure;
        while (at < steps.size()) {
            Step step = steps.get(at++);
            step.fail(failure);
        }
    }

    @Override
    void end() {
        if (failure == null && at < steps.size()) {
            fail(new ProtocolViolationException("the server left something out"));
        }
        end.complete(null, failure);
    }
}
