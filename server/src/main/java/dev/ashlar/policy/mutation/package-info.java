/// Small mistakes put into policies, to see whether tests notice them ("mutation testing").
///
/// In: the policies of a relation as [dev.ashlar.policy.exposure.Facts] has them; out: [Mutation]s.
/// Nothing here asks a database; whether a mutant is valid, the database says when it is made.
@NullMarked
package dev.ashlar.policy.mutation;

import org.jspecify.annotations.NullMarked;
