/// The harness of the tests: one real PostgreSQL per run, a fresh database per test class.
///
/// Nothing of the program depends on it.
@NullMarked
package dev.ashlar.testing;

import org.jspecify.annotations.NullMarked;
