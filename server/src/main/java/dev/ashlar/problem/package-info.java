/// What can go wrong, as data.
///
/// In: facts from any stage that refuses a request. Out: a sealed [Problem] with an [ErrorCode],
/// thrown as [ProblemException] and caught at the HTTP edge, where each face words it in its
/// dialect.
///
/// Nothing here does I/O, reads a clock or knows a driver, and no leaf holds text meant only for
/// the log.
@NullMarked
package dev.ashlar.problem;

import org.jspecify.annotations.NullMarked;
