package dev.ashlar.backend.postgres.policy;

import dev.ashlar.backend.postgres.PostgresAddress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Shares work out among databases, a thread and a connection each.
final class Benches {
    interface Work<J, R> {
        R run(Bench bench, J job) throws SQLException;
    }

    private Benches() {}

    /// Results in the order of the jobs. The first failure ends all.
    static <J, R> List<R> each(
            List<PostgresAddress> databases,
            String searchPath,
            List<J> jobs,
            Collection<String> remarks,
            Work<J, R> work)
            throws SQLException {
        AtomicInteger next = new AtomicInteger();
        List<List<Numbered<R>>> parts = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Numbered<R>>>> running = new ArrayList<>();
            for (PostgresAddress database : databases) {
                running.add(
                        threads.submit(() -> {
                            try (Bench bench = Bench.open(database, searchPath)) {
                                List<Numbered<R>> done = new ArrayList<>();
                                for (int i = next.getAndIncrement();
                                        i < jobs.size();
                                        i = next.getAndIncrement()) {
                                    done.add(new Numbered<>(i, work.run(bench, jobs.get(i))));
                                }
                                remarks.addAll(bench.remarks());
                                return done;
                            } finally {
                                // Whoever failed leaves nothing for others to begin.
                                next.addAndGet(jobs.size());
                            }
                        }));
            }
            for (Future<List<Numbered<R>>> each : running) {
                parts.add(await(each));
            }
        }
        return IntStream.range(0, jobs.size())
                .mapToObj(i ->
                        parts.stream()
                                .flatMap(List::stream)
                                .filter(numbered -> numbered.number() == i)
                                .findFirst()
                                .orElseThrow()
                                .result())
                .toList();
    }

    private record Numbered<R>(int number, R result) {}

    private static <T> T await(Future<T> future) throws SQLException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
    }
}
