package dev.ashlar.backend;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/// What a plan gave. `rows` is the number of rows read, written or returned.
public sealed interface Result {
    long rows();

    Effects effects();

    /// Rows as they are to be sent, in the format that was asked for. `total` is the number of rows
    /// without the page, when it was asked for.
    record Body(Buffer body, long rows, @Nullable Long total, Effects effects) implements Result {}

    /// One page of rows that others follow; `next` is where the page behind it begins, as JSON: the
    /// names of the sort keys in `keys`, their values in the last row in `after`.
    record BodyPage(Body page, String next) implements Result {
        @Override
        public long rows() {
            return page.rows();
        }

        @Override
        public Effects effects() {
            return page.effects();
        }
    }

    /// Done, and nothing to show. `location` is the new row's primary key as `column=eq.value`
    /// pairs, when asked for.
    record Done(long rows, @Nullable String location, Effects effects) implements Result {}

    /// What else there is to say: `inserted` rows of an upsert, and the settings `response.status`
    /// and `response.headers` as the database's code left them.
    record Effects(
            @Nullable Long inserted,
            @Nullable String responseStatus,
            @Nullable String responseHeaders) {
        public static final Effects NONE = new Effects(null, null, null);
    }
}
