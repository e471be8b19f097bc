/// The guards: tests that read the code itself and fail where it leaves the house rules.
///
/// Directions between packages, libraries in their one package, purity, sizes and habits. Each
/// guard is also run on something that breaks it, so that a guard that sees nothing is noticed.
@NullMarked
package dev.ashlar.arch;

import org.jspecify.annotations.NullMarked;
