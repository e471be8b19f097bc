/// The program: [Main] hands its arguments to the commands in `app.cli` and exits with their
/// status.
///
/// Nothing else belongs here; what is built and in which order is the business of `app`.
@NullMarked
package dev.ashlar;

import org.jspecify.annotations.NullMarked;
