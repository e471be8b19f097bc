package dev.ashlar.auth.password;

import dev.ashlar.problem.LimitProblem.Overloaded;
import dev.ashlar.problem.ProblemException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Hashes and compares passwords on a pool as large as the machine has processors: each hash takes
/// tens of milliseconds and 19 MiB, so more at once would only slow all of them and fill the
/// memory. Whoever finds the queue full is told to come back ([Overloaded]).
///
/// Blocks its caller: virtual threads only.
public final class PasswordHasher implements AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final SecureRandom random = new SecureRandom();
    private final AtomicLong computations = new AtomicLong();
    private final ThreadPoolExecutor pool;
    private final StoredPassword nobody;

    /// As many hashes at once as there are processors, but not more than a quarter of the heap has
    /// room for: they would end the process.
    public static int threadsFor(int processors, long heapBytes) {
        long room = heapBytes / 4 / (Argon2idHash.MEMORY_KIB * 1_024L);
        return Math.clamp(room, 1, Math.max(1, processors));
    }

    public PasswordHasher(int threads, int queue) {
        pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        1,
                        TimeUnit.MINUTES,
                        new ArrayBlockingQueue<>(queue),
                        Thread.ofPlatform().name("password-", 1).daemon().factory());
        pool.allowCoreThreadTimeOut(true);
        nobody = Argon2idHash.ofNobody(random);
    }

    /// A new hash, with a salt of its own.
    public StoredPassword hash(String password) {
        return compute(() -> Argon2idHash.of(password, salt()));
    }

    /// Whether the password fits. Without a stored one, or with one of an unknown kind, the same
    /// work is done and the answer is no: the time tells nothing about the account.
    public boolean matches(String password, Optional<StoredPassword> stored) {
        StoredPassword against = stored.orElse(nobody);
        boolean fits = compute(() -> against.matches(password));
        return fits && stored.isPresent();
    }

    /// How many hashes were computed since the start.
    public long computations() {
        return computations.get();
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    private byte[] salt() {
        byte[] salt = new byte[Argon2idHash.SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    private <T> T compute(Callable<T> work) {
        try {
            Future<T> result = pool.submit(work);
            T value = result.get();
            computations.incrementAndGet();
            return value;
        } catch (RejectedExecutionException _) {
            throw new ProblemException(new Overloaded(RETRY_AFTER));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ProblemException(new Overloaded(RETRY_AFTER));
        } catch (ExecutionException e) {
            throw new IllegalStateException("hashing a password failed", e.getCause());
        }
    }
}
