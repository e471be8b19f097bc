/// Passwords: how they are hashed and compared.
///
/// In: the password as typed and the stored text. Out: a stored text (the PHC string format), or
/// whether they fit. Hashing is slow on purpose; it runs on a small pool of its own with a bounded
/// queue, never on an event loop.
///
/// No database and no HTTP. Which passwords are good enough to be chosen is said here too.
@NullMarked
package dev.ashlar.auth.password;

import org.jspecify.annotations.NullMarked;
