package dev.ashlar.backend.embedded;

/// The embedded server has ended.
///
/// @param status the process's exit status; 128 and more after a signal
/// @param cause whether Ashlar asked for it
/// @param lastWords the end of the server's log, for the person who has to find out why
public record PostgresExit(int status, Cause cause, String lastWords) {
    /// Why the server ended.
    public enum Cause {
        STOPPED,
        UNEXPECTED
    }
}
