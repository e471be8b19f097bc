package dev.ashlar.http;

import dev.ashlar.config.ByteSize;
import dev.ashlar.config.Setting;
import java.time.Duration;

/// Section `http.load`: what is done when more is asked than can be answered.
public record LoadConfig(
        @Setting(
                        def = "4096",
                        doc =
                                "Requests to the data API that are worked on at once; more are"
                                        + " refused with 503 and Retry-After.")
                int maxInFlight,
        @Setting(
                        def = "1s",
                        doc =
                                "While more requests are waiting than were answered in this time,"
                                        + " new ones are refused with 503 and Retry-After; 0s for"
                                        + " never.")
                Duration maxQueueTime,
        @Setting(
                        def = "10s",
                        doc =
                                "A body that has come, or an answer that is being read, more slowly"
                                        + " than http.load.min-transfer-rate for this long is given"
                                        + " up.")
                Duration stallTimeout,
        @Setting(
                        def = "4KB",
                        doc =
                                "Bytes a second at least, once a body or an answer has stalled;"
                                        + " sixteen times that while more than half of the memory"
                                        + " for them is in use. 0 for no limit.")
                ByteSize minTransferRate) {

    public LoadConfig {
        require(maxInFlight > 0, "http.load.max-in-flight is at least 1");
        require(!maxQueueTime.isNegative(), "http.load.max-queue-time is not negative");
        require(stallTimeout.toMillis() >= 1, "http.load.stall-timeout is longer than that");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
