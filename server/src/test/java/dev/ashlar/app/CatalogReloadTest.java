package dev.ashlar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.catalog.Catalog;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogReloadTest {
    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final BlockingQueue<Catalog> used = new LinkedBlockingQueue<>();
    private @Nullable CatalogReload reload;

    @AfterEach
    void stop() {
        if (reload != null) {
            reload.close();
        }
    }

    @Test
    void theFirstIsReadAtOnceAndItsFailureIsThrown() {
        failures.set(1);
        assertThatThrownBy(() -> CatalogReload.start(this::load, used::add))
                .hasMessage("the database is away");
        reload = CatalogReload.start(this::load, used::add);
        assertThat(used).hasSize(1);
    }

    @Test
    void aFailedReadIsTriedAgainWhileTheFormerServes() throws InterruptedException {
        CatalogReload started = CatalogReload.start(this::load, used::add);
        reload = started;
        Catalog first = used.take();
        failures.set(1);
        started.request();
        Catalog second = used.poll(5, TimeUnit.SECONDS);
        assertThat(second).isNotNull().isNotSameAs(first);
        assertThat(loads).hasValue(3);
    }

    @Test
    void whatIsAskedForDuringAReadIsOneMore() throws InterruptedException {
        Semaphore gate = new Semaphore(1);
        CatalogReload started =
                CatalogReload.start(
                        () -> {
                            gate.acquireUninterruptibly();
                            return load();
                        },
                        used::add);
        reload = started;
        started.request();
        while (!gate.hasQueuedThreads()) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < 100; i++) {
            started.request();
        }
        gate.release(100);
        assertThat(used.poll(5, TimeUnit.SECONDS)).isNotNull();
        assertThat(used.poll(5, TimeUnit.SECONDS)).isNotNull();
        assertThat(used.poll(5, TimeUnit.SECONDS)).isNotNull();
        assertThat(used.poll(200, TimeUnit.MILLISECONDS)).isNull();
        assertThat(loads).hasValue(3);
    }

    private Catalog load() {
        loads.incrementAndGet();
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("the database is away");
        }
        return new Catalog(loads.get(), Map.of(), Map.of(), Map.of(), Catalog.Surroundings.NONE);
    }
}
