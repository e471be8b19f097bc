package dev.ashlar.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// Several who do the same at the same moment.
public final class Race {
    private Race() {}

    /// What each of them got. One that failed fails the race.
    public static <T> List<T> of(int racers, Callable<T> attempt) {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running =
                    Stream.generate(() ->
                                    threads.submit(() -> {
                                        start.await();
                                        return attempt.call();
                                    }))
                            .limit(racers)
                            .toList();
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> racer : running) {
                results.add(racer.get());
            }
            return results;
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
