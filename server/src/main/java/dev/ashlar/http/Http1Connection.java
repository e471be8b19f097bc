package dev.ashlar.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// HTTP/1: one request after the other. Vert.x hands over pipelined requests when the answer to the
/// one before has gone to the socket, so there is never more than one, and a caller that asks on
/// and on without reading is not listened to.
final class Http1Connection extends OpenConnection {
    /// How long the rest of a refused body is read and thrown away: closing at once would reset the
    /// connection before the caller has read why (RFC 9112 section 9.6).
    private static final Duration LINGER = Duration.ofSeconds(5);

    private @Nullable Exchange exchange;
    private @Nullable Future<Void> writing;
    private long unread;
    private long unreadSince;
    private boolean closing;

    Http1Connection(Serving serving, HttpConnection connection, long now) {
        super(serving, connection, now);
    }

    @Override
    boolean closing() {
        return closing;
    }

    @Override
    void begin(Exchange next) {
        exchange = next;
        used();
        next.start();
    }

    @Override
    void answering(Exchange answered) {
        exchange = null;
        idleFrom(System.nanoTime());
    }

    @Override
    void written(HttpServerRequest request, Future<Void> write, long bytes) {
        Future<Void> before = writing;
        if (before == null || before.isComplete()) {
            unread = 0;
            unreadSince = System.nanoTime();
        }
        unread += bytes;
        writing = write;
    }

    /// The connection is closed when the rest of the request has been read, or after a while.
    @Override
    void refusing() {
        closing = true;
        idleFrom(System.nanoTime());
    }

    @Override
    void refused(HttpServerRequest request, Reading reading, Future<Void> write) {
        if (request.isEnded() || request.decoderResult().isFailure()) {
            close();
        } else if (reading == Reading.NOT_BEGUN) {
            request.handler(_ -> {});
            request.endHandler(_ -> close());
        }
    }

    @Override
    void refusedRestRead() {
        close();
    }

    @Override
    void abort(HttpServerRequest request) {
        close();
    }

    @Override
    void closed() {
        if (exchange != null) {
            exchange.abandoned(499);
        }
    }

    @Override
    void failed(Throwable failure) {
        if (exchange != null) {
            exchange.malformed(failure);
        }
    }

    @Override
    void enforceLimits(long now) {
        if (isLeftUnread(now)) {
            Pace.cut(connection());
        } else if (exchange != null) {
            exchange.enforceLimits(now);
        } else if (isIdleFor(closing ? LINGER : idleLimit(), now)) {
            connection().close();
        }
    }

    /// True when the caller reads its answers so slowly that it is given up.
    private boolean isLeftUnread(long now) {
        Future<Void> present = writing;
        if (present == null || present.isComplete()) {
            writing = null;
            return false;
        }
        idleFrom(now);
        return Pace.isLeftTooLong(serving(), unread, now - unreadSince);
    }

    private void close() {
        closing = true;
        connection().close();
    }
}
