package dev.ashlar.auth.token;

import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;

/// Writes claims as a signed token, under whichever key signs at the moment. The same claims and an
/// HMAC key give the same text.
public final class TokenSigner {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private final Supplier<TokenKeys> keys;

    public TokenSigner(Supplier<TokenKeys> keys) {
        this.keys = keys;
    }

    public String sign(JsonObject claims) {
        return sign(claims, "JWT");
    }

    /// `type` is what the header says that this is (RFC 9068, 2.1).
    public String sign(JsonObject claims, String type) {
        TokenSigningKey key = keys.get().signing();
        JsonObjectBuilder header = new JsonObjectBuilder().put("alg", key.algorithm());
        key.findId().ifPresent(id -> header.put("kid", id));
        header.put("typ", type);
        String input = encode(header.build()) + "." + encode(claims);
        byte[] signature = key.sign(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + BASE64URL.encodeToString(signature);
    }

    private static String encode(JsonObject object) {
        return BASE64URL.encodeToString(Json.write(object).getBytes(StandardCharsets.UTF_8));
    }
}
