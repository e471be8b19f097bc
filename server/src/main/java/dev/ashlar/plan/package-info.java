/// Turns what was asked into resolved work: intent + catalog + caller's role -> [Plan].
///
/// Every name becomes a catalog object here or the request is refused; a backend only translates.
/// Pure: no I/O, no SQL, no clock.
@NullMarked
package dev.ashlar.plan;

import org.jspecify.annotations.NullMarked;
