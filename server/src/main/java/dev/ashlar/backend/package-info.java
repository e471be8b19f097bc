/// The contract between the engine and the databases, and nothing else.
///
/// In: a plan and a caller. Out: a result, in the database's own transaction and under the caller's
/// rights. No driver and no dialect here; each database has a package of its own beneath.
@NullMarked
package dev.ashlar.backend;

import org.jspecify.annotations.NullMarked;
