package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.postgres.jdbc.SqlResource;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.policy.explanation.Asker;
import dev.ashlar.policy.explanation.PolicyQuestionException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds whom somebody means by an account's id or address, or by a role, and the claims that a
/// token of theirs would have.
final class AskerFinder {
    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}");
    private static final String SIGNED_IN = "authenticated";

    private final Connection connection;

    AskerFinder(Connection connection) {
        this.connection = connection;
    }

    Asker require(String as, JsonObject claims) throws SQLException {
        Asker found = UUID.matcher(as).matches() || as.contains("@") ? account(as) : role(as);
        JsonObject all = merged(found.claims(), claims);
        String role = all.findText("role").orElse(found.role());
        if (!roleExists(role)) {
            throw new PolicyQuestionException("There is no role " + role + " in this database.");
        }
        return new Asker(role, all, found.remark());
    }

    static JsonObject merged(JsonObject under, JsonObject over) {
        Map<String, JsonValue> all = new LinkedHashMap<>(under.members());
        all.putAll(over.members());
        return new JsonObject(all);
    }

    private Asker role(String name) {
        return new Asker(name, new JsonObjectBuilder().put("role", name).build(), "");
    }

    private boolean roleExists(String role) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select from pg_catalog.pg_roles where rolname = ?")) {
            statement.setString(1, role);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private Asker account(String as) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement statement =
                connection.prepareStatement(SqlResource.load("exposure/account.sql"))) {
            statement.setString(1, as);
            statement.setString(2, as);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? account(row) : unknown(as, "No account of auth.users is " + as);
            }
        } catch (SQLException e) {
            connection.rollback(before);
            return unknown(as, "auth.users could not be read (" + e.getMessage() + ")");
        }
    }

    private static Asker unknown(String as, String why) {
        if (as.contains("@")) {
            throw new PolicyQuestionException(why + ": give the user's id instead.");
        }
        return new Asker(
                SIGNED_IN,
                new JsonObjectBuilder().put("sub", as).put("role", SIGNED_IN).build(),
                why + ": the claims are only sub and role.");
    }

    private static Asker account(ResultSet row) throws SQLException {
        String role = text(row, "role").filter(name -> !name.isEmpty()).orElse(SIGNED_IN);
        JsonObject claims =
                new JsonObjectBuilder()
                        .put("sub", row.getString("id"))
                        .put("aud", text(row, "aud").orElse(SIGNED_IN))
                        .put("email", text(row, "email").orElse(""))
                        .put("phone", text(row, "phone").orElse(""))
                        .put("app_metadata", object(row.getString("app_metadata")))
                        .put("user_metadata", object(row.getString("user_metadata")))
                        .put("role", role)
                        .put("aal", new JsonString("aal1"))
                        .put("is_anonymous", row.getBoolean("is_anonymous"))
                        .build();
        return new Asker(role, claims, "");
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static JsonObject object(@Nullable String json) {
        try {
            return json != null && Json.parse(json) instanceof JsonObject object
                    ? object
                    : JsonObject.EMPTY;
        } catch (MalformedJsonException _) {
            return JsonObject.EMPTY;
        }
    }
}
