/// What every use case of `auth` asks for: settings, limits, the audit log, the clock, and who is
/// visiting.
///
/// No use case and no SQL may enter.
@NullMarked
package dev.ashlar.auth.context;

import org.jspecify.annotations.NullMarked;
