/// Sessions: how they start, go on by refresh tokens, and end; and what an access token says.
///
/// In: an account and how it proved itself. Out: an issued session, or the answer to whether the
/// bearer of a token may still act.
///
/// Which proof is good enough is the business of the use cases above.
@NullMarked
package dev.ashlar.auth.session;

import org.jspecify.annotations.NullMarked;
