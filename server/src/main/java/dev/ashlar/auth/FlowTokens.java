package dev.ashlar.auth;

import dev.ashlar.auth.session.ProviderTokens;
import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import java.util.Optional;
import java.util.UUID;

/// What a provider gave, while it waits beside a PKCE flow for its client: sealed, and bound to the
/// flow.
record FlowTokens(SecretBox box) {

    String seal(UUID flow, ProviderTokens tokens) {
        String text =
                Json.write(
                        new JsonObjectBuilder()
                                .put("access", tokens.access())
                                .putIfPresent("refresh", tokens.refresh().orElse(null))
                                .build());
        return box.seal(text, purpose(flow));
    }

    Optional<ProviderTokens> open(UUID flow, String sealed) {
        return box.findOpened(sealed, purpose(flow)).map(FlowTokens::read);
    }

    private static ProviderTokens read(String text) {
        try {
            JsonObject kept = (JsonObject) Json.parse(text);
            return new ProviderTokens(kept.findText("access").orElse(""), kept.findText("refresh"));
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("what was sealed is no JSON", e);
        }
    }

    private static String purpose(UUID flow) {
        return "flow_state.provider_access_token " + flow;
    }
}
