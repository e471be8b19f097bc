/// Who is calling: a role of the database and verified claims.
///
/// Values only. How a token is verified and where keys live is the business of `auth`; what a role
/// may do is decided by the database.
@NullMarked
package dev.ashlar.identity;

import org.jspecify.annotations.NullMarked;
