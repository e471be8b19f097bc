package dev.ashlar.backend.postgres.wire;

import dev.ashlar.config.Secret;
import java.util.Map;

/// Who logs in to which database, and the settings that the session starts with.
public record Login(String user, Secret password, String database, Map<String, String> settings) {
    public Login {
        settings = Map.copyOf(settings);
    }
}
