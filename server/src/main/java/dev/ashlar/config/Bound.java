package dev.ashlar.config;

import java.util.List;

/// The bound records and, for people, each key with its value and origin.
public record Bound<T extends Record>(T config, List<Effective> effective) {

    public Bound {
        effective = List.copyOf(effective);
    }

    /// One setting as it stands.
    ///
    /// @param shown the value as it could be written, a secret masked, empty when unset
    public record Effective(SettingKey key, String shown, Origin origin) {}
}
