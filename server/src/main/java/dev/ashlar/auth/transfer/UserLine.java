package dev.ashlar.auth.transfer;

/// One entry of a file: a user, or what keeps it from being one. `place` is its line, or its number
/// in a list.
public sealed interface UserLine {
    int place();

    record Read(int place, ImportedUser user) implements UserLine {}

    record Faulty(int place, String reason) implements UserLine {}
}
