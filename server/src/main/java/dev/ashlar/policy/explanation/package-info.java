/// Why a caller may or may not do something to a row: what was asked of PostgreSQL, clause by
/// clause, and what it said.
///
/// `backend.postgres.exposure` makes an [Explanation]; `ops.policy` words it. Explanations hold
/// values of rows that the caller may not see: they are for whoever runs the database, never for
/// the caller.
@NullMarked
package dev.ashlar.policy.explanation;

import org.jspecify.annotations.NullMarked;
