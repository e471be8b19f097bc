package dev.ashlar.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One connection and the request that it is busy with; confined to its event loop.
///
/// Vert.x hands over pipelined requests one after the other, so there is never more than one.
final class OpenConnection {
    /// How long the rest of a refused body is read and thrown away: closing at once would reset the
    /// connection before the caller has read why (RFC 9112 section 9.6).
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final HttpConnection connection;
    private @Nullable Exchange exchange;
    private @Nullable Future<Void> writing;
    private boolean used;
    private boolean closing;
    private long since;

    OpenConnection(HttpConnection connection, long now) {
        this.connection = connection;
        this.since = now;
    }

    boolean closing() {
        return closing;
    }

    void begin(Exchange next) {
        exchange = next;
        used = true;
    }

    /// Comes before the answer is written, since writing it begins the next pipelined request.
    void answering() {
        exchange = null;
        since = System.nanoTime();
    }

    void written(Future<Void> write) {
        writing = write;
    }

    /// No further request is taken; the connection is closed when the rest of the request has been
    /// read, or after a while.
    void closeSoon() {
        closing = true;
        since = System.nanoTime();
    }

    void closeNow() {
        closing = true;
        connection.close();
    }

    void closed() {
        if (exchange != null) {
            exchange.abandoned(499);
        }
    }

    /// A part of the request that is not HTTP, such as a malformed chunk, or a broken socket.
    void failed(Throwable failure) {
        if (exchange != null) {
            exchange.malformed(failure);
        }
    }

    void enforceLimits(HttpConfig config, long now) {
        if (exchange != null) {
            exchange.enforceLimits(now);
            return;
        }
        if (writing != null && !writing.isComplete()) {
            since = now;
            return;
        }
        writing = null;
        Duration limit = used ? config.idleTimeout() : config.headerTimeout();
        if (now - since > (closing ? LINGER : limit).toNanos()) {
            connection.close();
        }
    }
}
