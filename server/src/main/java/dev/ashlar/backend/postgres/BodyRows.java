package dev.ashlar.backend.postgres;

import io.vertx.core.buffer.Buffer;
import java.util.OptionalLong;

/// Makes the body of an answer of the rows of one read, as they come. What it tells is known once
/// the statement has succeeded.
interface BodyRows extends JointRows {
    /// How many rows of the outermost level came.
    long rows();

    /// How many rows there are on all pages, if that was counted and a row came to say it.
    OptionalLong findTotal();

    /// Whether there is no body, since it is more than may be.
    boolean isTooLarge();

    Buffer body();
}
