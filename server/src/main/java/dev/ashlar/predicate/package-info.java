/// Conditions on rows after every name has been looked up: the only form of a condition that can
/// reach a database.
///
/// Made by the planner from filters and by policies; compiled by each backend. Pure values.
@NullMarked
package dev.ashlar.predicate;

import org.jspecify.annotations.NullMarked;
