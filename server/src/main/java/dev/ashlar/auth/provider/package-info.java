/// This server as a provider for other applications (OAuth 2.1, OpenID Connect): their clients,
/// what they ask for, what people have agreed to, the codes in between, and ID tokens.
///
/// In: parameters of the protocol, transactions of the use cases. Out: requests that are well
/// formed, and rows of which secrets, codes and ids are stored as hashes.
///
/// Nothing about HTTP or how a page looks may enter.
@NullMarked
package dev.ashlar.auth.provider;

import org.jspecify.annotations.NullMarked;
