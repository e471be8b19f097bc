/// What a database holds: tables, columns, keys, relationships and routines, as immutable values.
///
/// A backend's loader makes a whole [Catalog]; planning, rendering and policies read it. Pure: no
/// I/O and no SQL here.
@NullMarked
package dev.ashlar.catalog;

import org.jspecify.annotations.NullMarked;
