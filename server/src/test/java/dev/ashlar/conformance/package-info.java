/// What PostgREST's public documentation promises, as data: each case a request and what its answer
/// must be, sent over a socket to the drop-in server on a real PostgreSQL. No case is recorded from
/// our own answers.
@NullMarked
package dev.ashlar.conformance;

import org.jspecify.annotations.NullMarked;
