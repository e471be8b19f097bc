package dev.ashlar.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;

/// HTTP/2: many requests at once, each a stream that can end without the others.
final class Http2Connection extends OpenConnection {
    /// RFC 9113 section 7. After a whole answer it asks to stop sending the request (section 8.1).
    private static final long NO_ERROR = 0;

    private static final long REFUSED_STREAM = 7;
    private static final long CANCEL = 8;

    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<Outgoing> answers = new ArrayList<>();

    /// An answer that the caller reads as it likes (RFC 9113 section 5.2).
    private record Outgoing(
            HttpServerRequest request, Future<Void> write, long bytes, long began) {}

    Http2Connection(Serving serving, HttpConnection connection, long now) {
        super(serving, connection, now);
    }

    @Override
    boolean closing() {
        return false;
    }

    @Override
    void begin(Exchange next) {
        used();
        if (isFull()) {
            next.request().response().reset(REFUSED_STREAM);
            return;
        }
        exchanges.add(next);
        next.request()
                .response()
                .exceptionHandler(_ -> {})
                .closeHandler(_ -> {
                    if (exchanges.remove(next)) {
                        idleFrom(System.nanoTime());
                        next.abandoned(499);
                    }
                });
        // The end of a stream is heard of above.
        next.request().exceptionHandler(_ -> {});
        next.start();
    }

    /// Netty counts only after the caller has acknowledged that there is a limit, which it may
    /// never do.
    private boolean isFull() {
        int most = serving().config().http2().maxStreams();
        if (exchanges.size() + answers.size() >= most) {
            answers.removeIf(answer -> answer.write().isComplete());
        }
        return exchanges.size() + answers.size() >= most;
    }

    @Override
    void answering(Exchange answered) {
        exchanges.remove(answered);
        idleFrom(System.nanoTime());
    }

    @Override
    void written(HttpServerRequest request, Future<Void> write, long bytes) {
        if (write.isComplete()) {
            return;
        }
        answers.add(new Outgoing(request, write, bytes, System.nanoTime()));
    }

    @Override
    void refusing() {}

    @Override
    void refused(HttpServerRequest request, Reading reading, Future<Void> write) {
        write.onComplete((_, _) -> {
            if (!request.isEnded()) {
                request.response().reset(NO_ERROR);
            }
        });
    }

    @Override
    void refusedRestRead() {}

    @Override
    void abort(HttpServerRequest request) {
        request.response().reset(CANCEL);
    }

    /// Each stream has heard of it by itself.
    @Override
    void closed() {}

    /// Netty closes the connection.
    @Override
    void failed(Throwable failure) {}

    @Override
    void enforceLimits(long now) {
        for (Exchange exchange : List.copyOf(exchanges)) {
            exchange.enforceLimits(now);
        }
        answers.removeIf(answer -> answer.write().isComplete());
        for (Outgoing answer : List.copyOf(answers)) {
            if (Pace.isLeftTooLong(serving(), answer.bytes(), now - answer.began())) {
                abort(answer.request());
            }
        }
        if (!exchanges.isEmpty() || !answers.isEmpty()) {
            idleFrom(now);
        } else if (isIdleFor(idleLimit(), now)) {
            connection().close();
        }
    }
}
