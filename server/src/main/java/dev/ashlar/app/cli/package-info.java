/// The command line: one class a command, on picocli, which nothing outside may import.
///
/// In: arguments. Out: text for people, an exit status. A command reads its configuration, calls
/// `app` and prints; it decides nothing else. Failures are plain words and advice, no stack trace
/// unless `--verbose` asks for it.
@NullMarked
package dev.ashlar.app.cli;

import org.jspecify.annotations.NullMarked;
