package dev.ashlar.policy.exposure;

import java.util.Locale;

/// How bad a finding is, the worst first. INFO is worth knowing and no mistake by itself.
public enum Severity {
    HIGH,
    MEDIUM,
    LOW,
    INFO;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
