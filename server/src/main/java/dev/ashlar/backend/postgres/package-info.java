/// PostgreSQL, and the only place that imports its drivers.
///
/// In: plans, statements and callers. Out: rows of the driver wrapped as [LaneRow], problems by
/// SQLSTATE ([PostgresProblems]), never a driver's exception or type.
///
/// Requests run on lanes ([PostgresLanes]): shared pipelined connections for fast reads and writes,
/// exclusive ones for everything slow, unknown or interactive. Every statement runs under the
/// caller's own role and claims. HTTP, faces and text from a request inside SQL must never enter.
@NullMarked
package dev.ashlar.backend.postgres;

import org.jspecify.annotations.NullMarked;
