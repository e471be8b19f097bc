/// The HTTP server: sockets, routes, filters, limits and the one place that catches problems.
///
/// In: bytes. Out: an [HttpRequest] for a handler, an [HttpResponse] back. No product words here:
/// what a path means is the business of the faces.
@NullMarked
package dev.ashlar.http;

import org.jspecify.annotations.NullMarked;
