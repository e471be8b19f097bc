package dev.ashlar.config;

import java.util.List;

/// The configuration cannot be used. Every fault is one line of plain words that names the key,
/// where its value came from and what was expected; a secret's value is never among them.
public final class InvalidConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    public InvalidConfigException(List<String> faults) {
        super(String.join("; ", faults), null, false, false);
        this.faults = List.copyOf(faults);
    }

    public List<String> faults() {
        return faults;
    }
}
