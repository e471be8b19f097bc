package dev.ashlar.config;

/// Text that must not be shown: printing it prints a mask.
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /// The text itself; never log it.
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "******";
    }
}
