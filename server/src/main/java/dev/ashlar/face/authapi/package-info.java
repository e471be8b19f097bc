/// The sign-in dialect: what clients call under `/auth/v1`.
///
/// In: HTTP requests. Out: calls of the use cases in `auth`, and their results and problems in the
/// dialect's JSON, whose shapes live here and nowhere else.
///
/// No rule about accounts, no SQL and no token may be decided here.
@NullMarked
package dev.ashlar.face.authapi;

import org.jspecify.annotations.NullMarked;
