/// Fetching over HTTP what other servers publish: keys, descriptions and answers to tokens, with
/// limits on size, time and on where it may lead.
///
/// What the answers mean is other rooms' business.
@NullMarked
package dev.ashlar.auth.outbound;

import org.jspecify.annotations.NullMarked;
