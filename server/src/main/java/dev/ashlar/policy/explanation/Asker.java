package dev.ashlar.policy.explanation;

import dev.ashlar.json.JsonValue.JsonObject;

/// On whose behalf the question is asked.
///
/// @param claims what policies read of the caller's token
/// @param remark where the caller was made up in part, how; may be empty
public record Asker(String role, JsonObject claims, String remark) {

    /// The user's id, or the role where there is none.
    public String name() {
        return claims.findText("sub").map(id -> "user " + id).orElse(role);
    }
}
