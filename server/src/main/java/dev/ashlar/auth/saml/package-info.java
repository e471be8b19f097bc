/// Single sign-on by SAML 2.0, this server being the service provider: what identity providers say
/// of themselves, what is asked of them, and what of their answers can be believed.
///
/// Nothing of an answer leaves this room that did not stand in what the identity provider has
/// signed. Accounts and sessions are other rooms' business; keys come from stored metadata alone.
@NullMarked
package dev.ashlar.auth.saml;

import org.jspecify.annotations.NullMarked;
