/// Hooks: what the owner of the application adds to sign-in, as an SQL function or a webhook.
///
/// In: an event and its payload, as JSON. Out: what the hook answered, or a refusal.
///
/// A hook that fails stops what it is asked about: it may be there to forbid it.
@NullMarked
package dev.ashlar.auth.hook;

import org.jspecify.annotations.NullMarked;
