package dev.ashlar.backend;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/// What a plan gave. `rows` is the number of rows read, written or returned.
public sealed interface Result {
    long rows();

    /// Rows as JSON text, ready to be sent: an array, or one value where one was asked for. `total`
    /// is the number of rows without the page, when it was asked for.
    record Json(Buffer body, long rows, @Nullable Long total) implements Result {}

    /// Done, and nothing to show. `location` is the new row's primary key as `column=eq.value`
    /// pairs, when asked for.
    record Done(long rows, @Nullable String location) implements Result {}
}
