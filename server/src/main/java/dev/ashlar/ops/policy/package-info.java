/// What people do about policies: have them explained, made fast, and tested.
///
/// In: facts and explanations of `backend.postgres.exposure`; out: words, JSON and migrations. No
/// HTTP types, no SQL connections, no command line.
@NullMarked
package dev.ashlar.ops.policy;

import org.jspecify.annotations.NullMarked;
