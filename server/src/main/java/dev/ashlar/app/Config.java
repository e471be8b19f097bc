package dev.ashlar.app;

import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.backend.embedded.EmbeddedConfig;
import dev.ashlar.backend.postgres.PostgresConfig;
import dev.ashlar.config.Binder;
import dev.ashlar.config.Bound;
import dev.ashlar.config.ConfigSchema;
import dev.ashlar.config.ConfigSources;
import dev.ashlar.face.rest.RestConfig;
import dev.ashlar.http.HttpConfig;
import dev.ashlar.observe.LogConfig;
import dev.ashlar.ops.exposure.ExposureConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// All settings. A section's record lives with the code that it configures; its name here is the
/// first part of its keys.
public record Config(
        HttpConfig http,
        DataConfig data,
        PostgresConfig database,
        EmbeddedConfig embedded,
        RestConfig rest,
        AuthConfig auth,
        RunConfig run,
        ExposureConfig exposure,
        LogConfig log) {

    /// Names that platforms set, or that read better than the key, and what each stands for. The
    /// `ASHLAR_` name of the key itself wins.
    public static final Map<String, String> ALIASES = aliases();

    /// Variables of ours that are no settings: the launcher's.
    public static final Set<String> RESERVED =
            Set.of("ASHLAR_JAVA_HOME", "ASHLAR_JAVA_OPTS", "ASHLAR_HOME", "ASHLAR_CONFIG");

    /// All settings there are.
    public static ConfigSchema schema() {
        return ConfigSchema.of(Config.class);
    }

    /// Reads the settings of a run.
    public static Bound<Config> load(
            Project project, Map<String, String> flags, Map<String, String> environment) {
        return Binder.bind(
                Config.class,
                new ConfigSources(
                        flags,
                        environment,
                        project.configFile(),
                        ALIASES,
                        RESERVED,
                        new ConfigSources.Folders(project.working(), project.folder())));
    }

    private static Map<String, String> aliases() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("PORT", "http.port");
        names.put("DATABASE_URL", "database.url");
        names.put("ASHLAR_JWT_SECRET", "auth.jwt-secret");
        names.put("ASHLAR_MODE", "run.mode");
        return Collections.unmodifiableMap(names);
    }
}
