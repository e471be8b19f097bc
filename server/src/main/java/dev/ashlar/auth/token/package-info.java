/// Access tokens: signed here, verified here, and nowhere else.
///
/// In: the text of a JSON Web Token (RFC 7519, compact form of RFC 7515). Out: a
/// [dev.ashlar.identity.Caller], or a [dev.ashlar.problem.AuthProblem.TokenInvalid] that says why
/// not. [TokenKeys] is an immutable snapshot; putting in another one also empties the cache of
/// verified tokens.
///
/// No database and no HTTP. Nothing a token says about keys is believed: the key decides the
/// algorithm, never the token.
@NullMarked
package dev.ashlar.auth.token;

import org.jspecify.annotations.NullMarked;
