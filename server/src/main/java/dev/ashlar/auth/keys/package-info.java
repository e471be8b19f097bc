/// The pairs that access tokens are signed with: made, kept sealed in `auth.signing_keys`, rotated
/// and revoked.
///
/// In: the secret of the server and the settings. Out: the [dev.ashlar.auth.token.TokenKeys] of the
/// moment, for whoever signs and verifies.
///
/// Private halves leave this package inside a key only, never as text.
@NullMarked
package dev.ashlar.auth.keys;

import org.jspecify.annotations.NullMarked;
