package dev.ashlar.http;

import java.util.concurrent.atomic.AtomicLong;

/// How much of all bodies together may be in memory, so that callers cannot use up the heap by
/// being many, or by asking for much and reading slowly.
///
/// A request's body costs several times its size until it is answered: as it came, as text, and
/// once more on its way to the database. Hence an eighth of the heap, unless the configuration says
/// otherwise. Answers get a quarter.
final class BodyMemory {
    private static final int REQUESTS = 8;
    private static final int ANSWERS = 4;

    /// The last quarter is for what is no larger: a few callers with large bodies, sent slowly, do
    /// not keep out all the others.
    private static final int SMALL = 64 * 1024;

    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    private BodyMemory(long limit) {
        this.limit = limit;
    }

    static BodyMemory ofAnswers() {
        return new BodyMemory(Runtime.getRuntime().maxMemory() / ANSWERS);
    }

    static BodyMemory ofRequests(HttpConfig config) {
        long share = Runtime.getRuntime().maxMemory() / REQUESTS;
        long most = config.bodyMemory().map(size -> size.bytes()).orElse(share);
        // Else the largest body that is allowed could never be.
        return new BodyMemory(Math.max(most, (config.maxBodySize().bytes() + 2) / 3 * 4));
    }

    /// Whether more than half of it is taken.
    boolean isShort() {
        return taken.get() > limit / 2;
    }

    /// Bytes in memory now.
    long taken() {
        return taken.get();
    }

    Share share() {
        return new Share();
    }

    /// What one body has taken. Safe for use from any thread.
    final class Share {
        private final AtomicLong own = new AtomicLong();

        /// False when there is not that much left; then nothing is taken.
        boolean take(long bytes) {
            long most = own.get() + bytes > SMALL ? limit / 4 * 3 : limit;
            if (taken.addAndGet(bytes) > most) {
                taken.addAndGet(-bytes);
                return false;
            }
            own.addAndGet(bytes);
            return true;
        }

        /// A second call does nothing.
        void giveBack() {
            taken.addAndGet(-own.getAndSet(0));
        }
    }
}
