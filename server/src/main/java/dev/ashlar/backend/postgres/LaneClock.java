package dev.ashlar.backend.postgres;

/// Times what is in flight on one pipelined connection, where replies come in the order of the
/// requests: the oldest request is served since it was sent or since the reply before it, whichever
/// is later.
final class LaneClock {
    private volatile int inFlight;
    private volatile long servedSince;

    // Only the event loop of the connection writes; other loops read an estimate.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void sent(long now) {
        if (inFlight == 0) {
            servedSince = now;
        }
        inFlight++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void replied(long now) {
        inFlight--;
        servedSince = now;
    }

    int inFlight() {
        return inFlight;
    }

    /// Nanoseconds that the oldest request has been served for, without its time in the queue.
    long servingFor(long now) {
        return inFlight == 0 ? 0 : now - servedSince;
    }
}
