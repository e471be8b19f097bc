package dev.ashlar.http;

import dev.ashlar.observe.AccessLog;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// What the event loops of one server share.
record Serving(
        HttpConfig config,
        Router router,
        AccessLog accessLog,
        TrustedProxies proxies,
        BodyMemory bodies,
        BodyMemory answers,
        AtomicInteger connections,
        AtomicBoolean drainStarted) {

    Serving(HttpConfig config, Router router, AccessLog accessLog) {
        this(
                config,
                router,
                accessLog,
                TrustedProxies.parse(config.trustedProxies()),
                BodyMemory.ofRequests(config),
                BodyMemory.ofAnswers(),
                new AtomicInteger(),
                new AtomicBoolean());
    }

    boolean draining() {
        return drainStarted.get();
    }

    /// False when it had been started before.
    boolean startDraining() {
        return drainStarted.compareAndSet(false, true);
    }
}
