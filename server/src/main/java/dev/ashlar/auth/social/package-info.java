/// Foreign providers of sign-in, by OAuth 2.0 (RFC 6749) and OpenID Connect: where to send people,
/// what to ask when they come back, and whom the provider says they are.
///
/// In: a provider by name, a code or an id token. Out: a [Profile], checked. What it means for
/// accounts here is no business of this room.
@NullMarked
package dev.ashlar.auth.social;

import org.jspecify.annotations.NullMarked;
