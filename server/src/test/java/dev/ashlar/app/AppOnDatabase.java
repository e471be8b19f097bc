package dev.ashlar.app;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.testing.DatabaseForTests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Starts the server on a database of the tests, as an operator would who has one of their own.
final class AppOnDatabase {
    private static final String SECRET = "a-secret-of-the-users-own-that-is-long-enough";

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
        flags.put("auth.jwt-secret", SECRET);
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

    /// A token that is good for decades.
    static String token(String role, String user) {
        Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
        String payload =
                "{\"role\": \"%s\", \"sub\": \"%s\", \"exp\": 4102444800}".formatted(role, user);
        String signed =
                url.encodeToString("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8))
                        + "."
                        + url.encodeToString(payload.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed
                    + "."
                    + url.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
