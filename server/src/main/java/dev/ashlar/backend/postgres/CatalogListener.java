package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Listens on the channel `pgrst` and tells when the catalog is to be read again.
///
/// Notifications sent while the connection was away are lost, so every new connection is told, the
/// first included. A probe finds a connection that died without a word (PostgREST#5012, #3147: a
/// listener that is silently dead).
public final class CatalogListener {
    private static final String CHANNEL = "pgrst";
    private static final SqlStatement PROBE = SqlText.of("select 1");
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(30);

    private final VertxInternal vertx;
    private final ContextInternal context;
    private final Connector connector;
    private final Consumer<CatalogSignal> onSignal;
    private final SqlStatement listen;
    private final long probeIntervalMs;

    private @Nullable Wire wire;
    private boolean stopped;

    private CatalogListener(
            Vertx vertx,
            PostgresAddress address,
            PostgresConfig config,
            Duration probeInterval,
            String channel,
            Consumer<CatalogSignal> onSignal) {
        this.listen = new SqlText().sql("listen ").identifier(channel).build();
        this.vertx = (VertxInternal) vertx;
        this.onSignal = onSignal;
        context = this.vertx.createEventLoopContext();
        connector = new Connector(vertx, address, config);
        probeIntervalMs = probeInterval.toMillis();
    }

    /// Calls back on an event loop: the callback must not block.
    public static CatalogListener start(
            Vertx vertx,
            PostgresAddress address,
            PostgresConfig config,
            Consumer<CatalogSignal> onSignal) {
        return start(vertx, address, config, PROBE_INTERVAL, CHANNEL, onSignal);
    }

    /// On another channel than `pgrst`.
    public static CatalogListener start(
            Vertx vertx,
            PostgresAddress address,
            PostgresConfig config,
            String channel,
            Consumer<CatalogSignal> onSignal) {
        return start(vertx, address, config, PROBE_INTERVAL, channel, onSignal);
    }

    static CatalogListener start(
            Vertx vertx,
            PostgresAddress address,
            PostgresConfig config,
            Duration probeInterval,
            Consumer<CatalogSignal> onSignal) {
        return start(vertx, address, config, probeInterval, CHANNEL, onSignal);
    }

    private static CatalogListener start(
            Vertx vertx,
            PostgresAddress address,
            PostgresConfig config,
            Duration probeInterval,
            String channel,
            Consumer<CatalogSignal> onSignal) {
        CatalogListener listener =
                new CatalogListener(vertx, address, config, probeInterval, channel, onSignal);
        listener.context.runOnContext(_ -> listener.connect());
        return listener;
    }

    public Future<Void> stop() {
        return context.<Void>future(stopping ->
                context.runOnContext(_ -> {
                    stopped = true;
                    if (wire != null) {
                        wire.close();
                    }
                    connector.close().onComplete(stopping);
                }));
    }

    private void connect() {
        if (stopped) {
            return;
        }
        connector
                .connect(context)
                .compose(connected -> listen(connected).onFailure(_ -> connected.close()))
                .onFailure(_ -> missed());
    }

    private void missed() {
        if (!stopped) {
            onSignal.accept(CatalogSignal.UNREACHABLE);
        }
        reconnectSoon();
    }

    private Future<Void> listen(Wire connected) {
        connected.onNotification(this::notified);
        return connected
                .run(listen)
                .onSuccess(_ -> {
                    if (stopped) {
                        connected.close();
                        return;
                    }
                    wire = connected;
                    connected.whenClosed(this::lost);
                    probeLater(connected);
                    onSignal.accept(CatalogSignal.LISTENING);
                });
    }

    private void lost() {
        wire = null;
        if (!stopped) {
            onSignal.accept(CatalogSignal.LOST);
        }
        reconnectSoon();
    }

    private void reconnectSoon() {
        if (!stopped) {
            context.setTimer(connector.pauseMs(), _ -> connect());
        }
    }

    private void probeLater(Wire connected) {
        context.setTimer(
                probeIntervalMs,
                _ -> {
                    if (!connected.isOpen() || stopped) {
                        return;
                    }
                    connected
                            .run(PROBE)
                            .timeout(probeIntervalMs, TimeUnit.MILLISECONDS)
                            .onSuccess(_ -> probeLater(connected))
                            // Closing makes it connect anew.
                            .onFailure(_ -> connected.abort());
                });
    }

    private void notified(String payload) {
        signals(payload.strip()).forEach(onSignal);
    }

    /// An empty payload asks for both, as in PostgREST. A load reads only what changed, so that
    /// asking for a part of it is asking for it.
    private static Set<CatalogSignal> signals(String payload) {
        return switch (payload) {
            case "" -> EnumSet.of(CatalogSignal.CONFIG, CatalogSignal.SCHEMA);
            case "reload schema", "reload tables", "reload relationships" ->
                    EnumSet.of(CatalogSignal.SCHEMA);
            case "reload config" -> EnumSet.of(CatalogSignal.CONFIG);
            case String _ -> EnumSet.noneOf(CatalogSignal.class);
        };
    }
}
