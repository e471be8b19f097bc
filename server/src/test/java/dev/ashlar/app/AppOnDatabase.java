package dev.ashlar.app;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.testing.DatabaseForTests;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Starts the server on a database of the tests, as an operator would who has one of their own.
final class AppOnDatabase {
    private AppOnDatabase() {}

    /// `folder` holds the migrations; `settings` such as `auth.autoconfirm=false`.
    static App start(Path folder, DatabaseForTests database, String... settings) {
        PostgresAddress address = database.jdbc();
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("http.port", "0");
        flags.put(
                "database.url",
                "postgres://%s:%s@/%s?host=%s&port=%d"
                        .formatted(
                                address.user(),
                                address.password().reveal(),
                                address.database(),
                                address.host(),
                                address.port()));
        flags.put("auth.jwt-secret", "a-secret-of-the-users-own-that-is-long-enough");
        // Tests of the exposure switch it on.
        flags.put("exposure.check", "off");
        flags.put("log.level", "error");
        flags.put("log.access", "off");
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            flags.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        Project project = new Project(folder, folder, folder, Optional.empty());
        return App.start(Config.load(project, flags, Map.of()).config(), Site.of(project), _ -> {});
    }
}
