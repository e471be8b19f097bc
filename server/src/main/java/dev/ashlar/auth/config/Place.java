package dev.ashlar.auth.config;

/// Where this process is reached: the address of the sign-in API on this machine, and from where.
public record Place(String localUrl, Reach reach) {

    /// Who can connect.
    public enum Reach {
        THIS_MACHINE,
        NETWORK
    }
}
