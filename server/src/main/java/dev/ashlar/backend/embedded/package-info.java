/// The PostgreSQL that comes inside: unpacked from the class path, created, started, watched and
/// stopped as a child process on a data directory of ours.
///
/// In: a data directory, the bootstrap superuser's password and [EmbeddedConfig]. Out: a Unix
/// socket directory and a port to connect to ([EmbeddedPostgres]), or an
/// [EmbeddedPostgresException] saying in plain words what is wrong and what to do.
///
/// Everything here survives `kill -9`: files are made under another name and renamed, and what a
/// killed process left behind is found and cleared on the next start.
///
/// Must never enter: SQL, connections and drivers (roles and schemas are migrations), requests, and
/// anything that would put a password into an argument, the environment or a log.
@NullMarked
package dev.ashlar.backend.embedded;

import org.jspecify.annotations.NullMarked;
