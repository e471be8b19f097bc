/// The record of who did what to accounts, written in the transaction of the deed itself.
///
/// In: the deed, the account and where the request came from. Out: rows of
/// `auth.audit_log_entries`.
///
/// Nothing secret may be recorded.
@NullMarked
package dev.ashlar.auth.audit;

import org.jspecify.annotations.NullMarked;
