package dev.ashlar.identity;

import dev.ashlar.json.JsonValue.JsonObject;
import java.util.Optional;

/// The claims of a verified token (RFC 7519). `json` is what SQL sees in `request.jwt.claims`: the
/// payload as it was signed, and the role where that is not its own `role`; `values` is the same,
/// parsed.
public record Claims(String json, JsonObject values) {
    public static final Claims NONE = new Claims("{}", JsonObject.EMPTY);

    /// `sub`: the user's id.
    public Optional<String> findSubject() {
        return values.findText("sub");
    }

    /// `session_id`: the session that the token was issued in.
    public Optional<String> findSessionId() {
        return values.findText("session_id");
    }
}
