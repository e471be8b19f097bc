/// PostgreSQL, and the only place that imports its drivers.
///
/// In: plans, statements and callers. Out: rows, problems by SQLSTATE ([PostgresProblems]), never
/// an exception or type of a driver or of the protocol ([dev.ashlar.backend.postgres.wire]).
///
/// Requests run on lanes ([PostgresLanes]): shared pipelined connections for fast reads and writes,
/// exclusive ones for everything slow, unknown or interactive. Every statement runs under the
/// caller's own role and claims. HTTP, faces and text from a request inside SQL must never enter.
@NullMarked
package dev.ashlar.backend.postgres;

import org.jspecify.annotations.NullMarked;
