package dev.ashlar.http;

import io.vertx.core.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// One thing that must hold before requests are sent here. A failure of the future counts as no;
/// its text is not shown.
public record ReadinessCheck(String name, Supplier<Future<Boolean>> holds) {

    /// A check that is answered from memory.
    public static ReadinessCheck of(String name, BooleanSupplier holds) {
        return new ReadinessCheck(name, () -> Future.succeededFuture(holds.getAsBoolean()));
    }
}
