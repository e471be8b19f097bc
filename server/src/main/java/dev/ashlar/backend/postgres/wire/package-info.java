/// PostgreSQL's frontend/backend protocol, version 3.0, on the sockets and event loops of Vert.x
/// ([manual, chapter 54](https://www.postgresql.org/docs/18/protocol.html)).
///
/// In: SQL text, values. Out: the content of rows as it came, and [ServerError]. A [Connection]
/// sends [Exchange]s one after the other without waiting for answers; each ends with one Sync, and
/// so is one implicit transaction outside of an explicit one. All values and columns travel as
/// text. Roles, lanes, pools and what a statement means must never enter.
@NullMarked
package dev.ashlar.backend.postgres.wire;

import org.jspecify.annotations.NullMarked;
