/// Accounts as stored: who may sign in, by which identities, and how an account changes.
///
/// In: transactions of the use cases. Out: immutable accounts; the stores hold the SQL of
/// `auth.users` and `auth.identities`.
///
/// Nothing about sessions or tokens may enter, and no decision about who may do what.
@NullMarked
package dev.ashlar.auth.account;

import org.jspecify.annotations.NullMarked;
