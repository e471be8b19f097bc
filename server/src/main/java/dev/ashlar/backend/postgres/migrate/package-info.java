/// Brings a database to the schema that this build and the application's `migrations/` ask for.
///
/// In: an address, login passwords and a directory of `YYYYMMDDHHMMSS_name.sql`; out: an
/// [Migrations.Outcome] or a [MigrationException] that says which file, which line and what to do.
/// Flyway keeps the history (`ashlar.schema_history_system` for ours, `ashlar.schema_history` for
/// the application's), the checksums and the lock between two processes; reading the files and
/// running them is done here, because messages must point into the file.
///
/// Nothing here may serve a request, and no clear-text password may reach the server.
@NullMarked
package dev.ashlar.backend.postgres.migrate;

import org.jspecify.annotations.NullMarked;
