package dev.ashlar.identity;

/// The name of a database role that requests run as.
public record Role(String name) {
    /// Callers without a token of their own.
    public static final Role ANON = new Role("anon");

    /// Signed-in users.
    public static final Role AUTHENTICATED = new Role("authenticated");

    /// Trusted servers: passes over row-level security.
    public static final Role SERVICE = new Role("service_role");

    public Role {
        if (name.isEmpty() || name.length() > 63) {
            throw new IllegalArgumentException("a role name has 1 to 63 characters");
        }
    }
}
