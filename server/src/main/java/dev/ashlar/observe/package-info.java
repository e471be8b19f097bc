/// What the running program tells its operator: the log, and one line for each request.
///
/// The only importer of SLF4J and logback, which are configured here in code. In: messages with
/// parameters and finished requests. Out: lines of text or JSON on standard error or in a file.
///
/// Secrets never come in: tokens, passwords and keys are not parameters of a message, and secret
/// parts of a request's query are masked before they are written.
@NullMarked
package dev.ashlar.observe;

import org.jspecify.annotations.NullMarked;
