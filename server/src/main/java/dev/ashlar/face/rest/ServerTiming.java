package dev.ashlar.face.rest;

import dev.ashlar.http.HttpResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How long each stage of a request took, as the header `Server-Timing` tells it, in milliseconds
/// (PostgREST's reference, "Server-Timing Header").
///
/// Stages follow each other, on one event loop. Costs nothing when nobody asked.
final class ServerTiming {
    private static final double NANOS_PER_MILLI = 1_000_000;
    private static final ServerTiming OFF = new ServerTiming(null);

    private final @Nullable StringBuilder text;
    private long since = System.nanoTime();

    private ServerTiming(@Nullable StringBuilder text) {
        this.text = text;
    }

    static ServerTiming started(RestConfig config) {
        return config.serverTiming() ? new ServerTiming(new StringBuilder(96)) : OFF;
    }

    /// The stage that began where the one before ended is over.
    void over(String stage) {
        if (text == null) {
            return;
        }
        long now = System.nanoTime();
        double millis = (now - since) / NANOS_PER_MILLI;
        text.append(text.isEmpty() ? "" : ", ")
                .append(stage)
                .append(String.format(Locale.ROOT, ";dur=%.1f", millis));
        since = now;
    }

    HttpResponse told(HttpResponse response) {
        return text == null ? response : response.withHeader("Server-Timing", text.toString());
    }
}
