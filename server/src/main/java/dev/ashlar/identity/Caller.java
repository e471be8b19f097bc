package dev.ashlar.identity;

/// On whose behalf a request runs: always a parameter, never ambient.
public sealed interface Caller {

    Role role();

    /// What the database's policies may ask about the caller.
    Claims claims();

    /// Nobody in particular: no token, or the publishable key.
    record Anonymous(Role role, Claims claims) implements Caller {}

    /// The bearer of a verified token, whatever its role.
    record Bearer(Role role, Claims claims) implements Caller {}
}
