/// Messages to people: mail and texts, how they are worded and how they get out.
///
/// In: a message put into the outbox within the transaction of the deed. Out: mail over SMTP, texts
/// over HTTP, or in development the rows that the inbox page shows. Sending happens after the
/// commit, on a thread of its own, is tried again, and given up in the end.
///
/// Nothing about accounts, codes or sessions may enter.
@NullMarked
package dev.ashlar.auth.message;

import org.jspecify.annotations.NullMarked;
