/// JSON out of what the server sends, without a stage between.
///
/// In: the content of DataRow messages (PostgreSQL manual, "Message Formats"), all columns in text
/// format, and how each column becomes JSON ([JsonKind]). Out: the bytes of an array of rows, or of
/// the one row, the same ones that `json_agg` of the same rows would give.
///
/// Pure: no connection, no catalog of its own, no clock. Which rows come, and whether the caller
/// may see them, is decided before; SQL must never enter.
@NullMarked
package dev.ashlar.backend.postgres.json;

import org.jspecify.annotations.NullMarked;
