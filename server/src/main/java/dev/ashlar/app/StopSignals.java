package dev.ashlar.app;

import java.util.concurrent.CountDownLatch;

/// Waits for SIGTERM or SIGINT, and reads the schema anew on SIGUSR1 and SIGHUP, the settings on
/// SIGUSR2.
public final class StopSignals {
    private final CountDownLatch stop = new CountDownLatch(1);

    public StopSignals() {
        Signals.handle("TERM", stop::countDown);
        Signals.handle("INT", stop::countDown);
    }

    public void onReload(Runnable reload) {
        Signals.handle("USR1", reload);
        Signals.handle("HUP", reload);
    }

    public void onReloadSettings(Runnable reload) {
        Signals.handle("USR2", reload);
    }

    /// As if an end had been asked for.
    public void stop() {
        stop.countDown();
    }

    /// Returns when an end was asked for.
    public void await() {
        try {
            stop.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
