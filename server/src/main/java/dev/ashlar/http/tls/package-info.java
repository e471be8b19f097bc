/// TLS at the server's port: which certificate, which versions and ciphers, by which engine.
///
/// In: section `http.tls` and two PEM files. Out: options for the server, and newer ones when the
/// files have changed. A certificate that cannot be used is refused as a whole
/// ([UnusableCertificate], with what to do about it), so that what serves is always a pair that
/// belongs together. Never in here: requests, or anything about what is served.
@NullMarked
package dev.ashlar.http.tls;

import org.jspecify.annotations.NullMarked;
