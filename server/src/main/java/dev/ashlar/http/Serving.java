package dev.ashlar.http;

import dev.ashlar.http.tls.ServerCertificate;
import dev.ashlar.observe.AccessLog;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What the event loops of one server share.
record Serving(
        HttpConfig config,
        Router router,
        AccessLog accessLog,
        TrustedProxies proxies,
        BodyMemory bodies,
        BodyMemory answers,
        AtomicInteger connections,
        AtomicBoolean drainStarted,
        int anyPort,
        @Nullable ServerCertificate certificate) {
    private static final AtomicInteger ANY_PORTS = new AtomicInteger();

    Serving(
            HttpConfig config,
            Router router,
            AccessLog accessLog,
            @Nullable ServerCertificate certificate) {
        this(
                config,
                router,
                accessLog,
                TrustedProxies.parse(config.trustedProxies()),
                BodyMemory.ofRequests(config),
                BodyMemory.ofAnswers(),
                new AtomicInteger(),
                new AtomicBoolean(),
                ANY_PORTS.decrementAndGet(),
                certificate);
    }

    /// The port to ask for. Vert.x: a negative one is a free port that all event loops of one
    /// server share, and no other server.
    int port() {
        return config.port() == 0 ? anyPort : config.port();
    }

    boolean draining() {
        return drainStarted.get();
    }

    /// False when it had been started before.
    boolean startDraining() {
        return drainStarted.compareAndSet(false, true);
    }
}
