/// Finds out what a PostgreSQL lets whom do: reads its catalog and tries things with synthetic rows
/// in transactions that are always rolled back.
///
/// In: a connection and the roles of callers; out: `policy.exposure`'s facts and observations. It
/// works on any database, also one that Ashlar never migrated. Nothing here judges.
@NullMarked
package dev.ashlar.backend.postgres.exposure;

import org.jspecify.annotations.NullMarked;
