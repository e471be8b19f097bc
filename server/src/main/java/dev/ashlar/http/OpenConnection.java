package dev.ashlar.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/// One connection and the requests that it is busy with; confined to its event loop.
abstract sealed class OpenConnection permits Http1Connection, Http2Connection {
    private final Serving serving;
    private final HttpConnection connection;
    private boolean used;
    private long idleSince;

    OpenConnection(Serving serving, HttpConnection connection, long now) {
        this.serving = serving;
        this.connection = connection;
        this.idleSince = now;
    }

    static OpenConnection of(Serving serving, HttpConnection connection, long now) {
        // Vert.x: -1 for HTTP/1.
        return connection.getWindowSize() < 0
                ? new Http1Connection(serving, connection, now)
                : new Http2Connection(serving, connection, now);
    }

    Serving serving() {
        return serving;
    }

    HttpConnection connection() {
        return connection;
    }

    /// A first request has come.
    void used() {
        used = true;
    }

    /// Nothing is under way from now on.
    void idleFrom(long now) {
        idleSince = now;
    }

    boolean isIdleFor(Duration limit, long now) {
        return now - idleSince > limit.toNanos();
    }

    /// How long a connection may stay without a request.
    Duration idleLimit() {
        HttpConfig config = serving.config();
        return used ? config.idleTimeout() : config.headerTimeout();
    }

    /// No further request is taken.
    abstract boolean closing();

    /// Starts the exchange.
    abstract void begin(Exchange next);

    /// Comes before the answer is written, since writing it may begin the next request.
    abstract void answering(Exchange answered);

    /// An answer is on its way.
    abstract void written(HttpServerRequest request, Future<Void> write, long bytes);

    /// What is left of the request is not wanted.
    abstract void refusing();

    /// The refusal is on its way; `reading` while the body was being read.
    abstract void refused(HttpServerRequest request, Reading reading, Future<Void> write);

    /// What is left of a refused request has come.
    abstract void refusedRestRead();

    /// Ends the request without a further word: the connection where it has no other.
    abstract void abort(HttpServerRequest request);

    /// The socket is closed.
    abstract void closed();

    /// A part of the request that is not HTTP, such as a malformed chunk, or a broken socket.
    abstract void failed(Throwable failure);

    abstract void enforceLimits(long now);

    /// Whether a request's body was being read when it was refused.
    enum Reading {
        UNDER_WAY,
        NOT_BEGUN
    }
}
