package dev.ashlar.http;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;

/// How slowly a caller may send its body or read its answer, since what is under way lies in memory
/// meanwhile.
final class Pace {
    /// So many times the rate is asked for while memory is short.
    private static final int SHORT = 16;

    private final LoadConfig config;
    private long since;
    private long before;

    /// Of a body that begins to come.
    Pace(LoadConfig config, long now) {
        this.config = config;
        this.since = now;
    }

    /// Looked at now and then: whether too little has come since a whole stall timeout ago.
    boolean isTooSlow(long received, BodyMemory memory, long now) {
        Duration window = config.stallTimeout();
        if (now - since < window.toNanos()) {
            return false;
        }
        boolean slow = received - before < bytesIn(window, rate(config, memory));
        since = now;
        before = received;
        return slow;
    }

    /// Whether an answer of so many bytes should have been read by now. Judged as a whole: what the
    /// system's buffers have taken looks as if it had been read, and then nothing moves for long.
    static boolean isLeftTooLong(Serving serving, long bytes, long nanos) {
        LoadConfig config = serving.config().load();
        long rate = rate(config, serving.answers());
        if (rate == 0) {
            return false;
        }
        double seconds = (double) bytes / rate;
        return nanos - config.stallTimeout().toNanos() > seconds * 1e9;
    }

    /// Closes the socket as it is: what is in front of it would wait for the caller to read.
    static void cut(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            ChannelHandlerContext first = base.channel().pipeline().firstContext();
            if (first != null) {
                first.close();
            }
        }
    }

    private static long rate(LoadConfig config, BodyMemory memory) {
        long rate = config.minTransferRate().bytes();
        return memory.isShort() ? rate * SHORT : rate;
    }

    private static long bytesIn(Duration window, long rate) {
        return rate * window.toMillis() / 1_000;
    }
}
