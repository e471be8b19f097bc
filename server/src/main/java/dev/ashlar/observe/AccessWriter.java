package dev.ashlar.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Writes access lines on a thread of its own, in batches.
///
/// When more come than can be written, entries are dropped and counted rather than slowing requests
/// down. The thread looks for work by the clock: waking it for each entry would cost the event
/// loops more than the entry itself.
final class AccessWriter implements AccessLog, AutoCloseable {
    static final int CAPACITY = 16_384;
    private static final int BATCH = 1_024;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Log LOG = Log.of(AccessWriter.class);

    private final Consumer<String> lines;
    private final ArrayBlockingQueue<AccessEntry> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;
    private volatile LogConfig config;
    private volatile boolean stopped;

    private AccessWriter(LogConfig config, Consumer<String> lines) {
        this.config = config;
        this.lines = lines;
        this.thread = Thread.ofPlatform().name("access-log").daemon().unstarted(this::run);
    }

    /// `lines` takes text of one or more whole lines.
    static AccessWriter start(LogConfig config, Consumer<String> lines) {
        AccessWriter writer = new AccessWriter(config, lines);
        writer.thread.start();
        return writer;
    }

    void use(LogConfig changed) {
        config = changed;
    }

    @Override
    public boolean wants(int status) {
        return config.access().wants(status);
    }

    @Override
    public void add(AccessEntry entry) {
        if (!queue.offer(entry)) {
            dropped.increment();
        }
    }

    private void run() {
        while (!stopped) {
            if (!writeBatch()) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private boolean writeBatch() {
        List<AccessEntry> batch = new ArrayList<>(BATCH);
        if (queue.drainTo(batch, BATCH) == 0) {
            return false;
        }
        StringBuilder text = new StringBuilder(batch.size() * 160);
        for (AccessEntry entry : batch) {
            switch (config.accessFormat()) {
                case OWN -> AccessLine.append(text, entry, config.format());
                case COMBINED -> AccessLine.appendCombined(text, entry);
            }
        }
        lines.accept(text.toString());
        long lost = dropped.sumThenReset();
        if (lost > 0) {
            LOG.warn(
                    "{} access lines were dropped: they came faster than they can be written",
                    lost);
        }
        return true;
    }

    /// Writes what is left.
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean more = true;
        while (more) {
            more = writeBatch();
        }
    }
}
