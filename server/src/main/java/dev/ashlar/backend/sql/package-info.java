/// What SQL databases share: statements whose text cannot hold a value, and transactions for the
/// domains.
///
/// [SqlText] is the only place that makes SQL. No driver is imported here.
@NullMarked
package dev.ashlar.backend.sql;

import org.jspecify.annotations.NullMarked;
