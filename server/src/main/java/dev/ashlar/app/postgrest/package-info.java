/// PostgREST's own configuration, read as it documents it and turned into the settings of Ashlar.
///
/// In: a configuration file, `PGRST_*` and libpq's variables, settings kept in the database. Out:
/// flags for [dev.ashlar.config.Binder] and what has no key of its own.
@NullMarked
package dev.ashlar.app.postgrest;

import org.jspecify.annotations.NullMarked;
