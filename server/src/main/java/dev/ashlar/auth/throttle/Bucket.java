package dev.ashlar.auth.throttle;

import java.util.Optional;

/// What is counted: attempts of a kind, by whoever `key` says, of which a full bucket holds a
/// minute's worth. It does not count for those who come from a network known as `unless`.
public record Bucket(String kind, int perMinute, String key, Optional<String> unless) {

    public static Bucket of(String kind, int perMinute, String key) {
        return new Bucket(kind, perMinute, key, Optional.empty());
    }

    /// The same, for all but those who come from there.
    public Bucket unless(Optional<String> known) {
        return new Bucket(kind, perMinute, key, known);
    }
}
