package dev.ashlar.auth.session;

import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.UUID;

/// What becomes of the claims of an access token before it is signed.
@FunctionalInterface
public interface ClaimsChange {
    JsonObject apply(SqlTransaction tx, UUID account, JsonObject claims, String method);
}
