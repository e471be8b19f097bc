package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What makes a transaction one of a caller, as a data API would: role, claims, search path.
final class CallerSession {
    private static final long HOUR = 3600;

    private CallerSession() {}

    /// For the transaction, or until the savepoint before is gone back to.
    ///
    /// @param account of whom; empty for callers without a token
    /// @param schemas in which names are looked up
    static SqlStatement as(
            String role, Optional<String> account, Optional<String> email, List<String> schemas) {
        Map<String, String> settings = claimSettings(role, account, email);
        settings.put("request.method", "GET");
        settings.put("request.path", "/");
        settings.put("request.headers", "{}");
        settings.put("request.cookies", "{}");
        settings.put("search_path", searchPath(schemas));
        settings.put("role", role);
        return settings(settings);
    }

    /// Only the claims, for what runs with other rights.
    static SqlStatement claims(String role, Optional<String> account, Optional<String> email) {
        return settings(claimSettings(role, account, email));
    }

    private static Map<String, String> claimSettings(
            String role, Optional<String> account, Optional<String> email) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("request.jwt.claims", Json.write(token(role, account, email)));
        // Written one by one before PostgREST 9; policies of that time still ask for them.
        settings.put("request.jwt.claim.role", role);
        account.ifPresent(id -> settings.put("request.jwt.claim.sub", id));
        email.ifPresent(address -> settings.put("request.jwt.claim.email", address));
        return settings;
    }

    static SqlStatement settings(Map<String, String> settings) {
        SqlText sql = new SqlText().sql("select ");
        boolean first = true;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            sql.sql(first ? "pg_catalog.set_config(" : ", pg_catalog.set_config(");
            sql.parameter(setting.getKey()).sql(", ").parameter(setting.getValue()).sql(", true)");
            first = false;
        }
        return sql.build();
    }

    static String searchPath(List<String> schemas) {
        List<String> names = new ArrayList<>(schemas);
        names.add("public");
        names.add("extensions");
        return String.join(
                ", ",
                names.stream()
                        .distinct()
                        .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                        .toList());
    }

    private static JsonObject token(String role, Optional<String> account, Optional<String> email) {
        JsonObjectBuilder claims = new JsonObjectBuilder().put("role", role);
        if (account.isEmpty()) {
            return claims.build();
        }
        long now = Instant.now().getEpochSecond();
        return claims.put("sub", account.get())
                .put("email", email.orElse(""))
                .put("aud", "authenticated")
                .put("iss", "https://probe.invalid/auth/v1")
                .put("iat", now)
                .put("exp", now + HOUR)
                .put("session_id", UUID.randomUUID().toString())
                .put("aal", "aal1")
                .put("is_anonymous", false)
                .put("app_metadata", new JsonObject(Map.of()))
                .put("user_metadata", new JsonObject(Map.of()))
                .build();
    }
}
