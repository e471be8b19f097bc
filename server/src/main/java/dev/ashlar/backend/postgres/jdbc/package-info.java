/// Blocking connections to PostgreSQL for what runs once and step by step: migrations and loading
/// the catalog.
///
/// In: an address and a password; out: plain `java.sql` connections over TCP or a Unix socket.
/// Requests never come here: the data path has its own lanes.
@NullMarked
package dev.ashlar.backend.postgres.jdbc;

import org.jspecify.annotations.NullMarked;
