package dev.ashlar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BesideTest {
    @Test
    void goesOnWhileOthersDo() {
        CountDownLatch first = new CountDownLatch(1);
        try (Beside<String> step = Beside.start("step", () -> waited(first))) {
            first.countDown();
            assertThat(step.result()).isEqualTo("done");
        }
    }

    @Test
    void throwsWhatTheStepThrew() {
        StartFailure failure = new StartFailure("no", "advice");
        try (Beside<String> step =
                Beside.start(
                        "step",
                        () -> {
                            throw failure;
                        })) {
            assertThatThrownBy(step::result).isSameAs(failure);
        }
    }

    /// What it opens must be known before anything is closed.
    @Test
    void anotherStepsFailureWaitsForItsEnd() {
        CountDownLatch failed = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        assertThatThrownBy(
                        () -> {
                            try (Beside<Boolean> step =
                                    Beside.start("step", () -> ended(failed, ended))) {
                                failed.countDown();
                                throw new StartFailure("other", step.getClass().getSimpleName());
                            }
                        })
                .hasMessage("other");
        assertThat(ended).isTrue();
    }

    private static boolean ended(CountDownLatch after, AtomicBoolean ended) {
        waited(after);
        try {
            Thread.sleep(50);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        ended.set(true);
        return true;
    }

    private static String waited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return "done";
    }
}
