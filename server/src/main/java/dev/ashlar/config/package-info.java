/// Binds trees of records to a file, the environment and flags.
///
/// Knows no section: each lives with the code that it configures and is gathered in `app.Config`.
/// Units are typed ([ByteSize], [Secret], `Duration`); every component carries a [Setting].
@NullMarked
package dev.ashlar.config;

import org.jspecify.annotations.NullMarked;
