/// What leads back into a sign-in from elsewhere: the list of addresses a browser may be sent to,
/// the state of PKCE flows, and one-time codes and links.
///
/// In: transactions of the use cases, addresses and codes as callers give them. Out: addresses that
/// are safe to redirect to, and codes, of which only hashes are stored and which work once.
///
/// Nothing about how a message is sent or worded may enter.
@NullMarked
package dev.ashlar.auth.link;

import org.jspecify.annotations.NullMarked;
