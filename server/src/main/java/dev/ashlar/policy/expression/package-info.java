/// Conditions of policies, as PostgreSQL writes them back (`pg_get_expr`): parsed as far as their
/// logic goes, so that they can be taken apart, explained and changed.
///
/// In: the text of a condition; out: a [PolicyExpression]. Nothing here asks a database.
@NullMarked
package dev.ashlar.policy.expression;

import org.jspecify.annotations.NullMarked;
