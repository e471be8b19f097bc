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

    /// `link` is there when the flow was begun to add an identity.
    record Kept(ProviderTokens tokens, Optional<PendingLink> link) {}

    String seal(UUID flow, Kept kept) {
        JsonObjectBuilder text =
                new JsonObjectBuilder()
                        .put("access", kept.tokens().access())
                        .putIfPresent("refresh", kept.tokens().refresh().orElse(null));
        kept.link().ifPresent(link -> text.put("link", link.json()));
        return box.seal(Json.write(text.build()), purpose(flow));
    }

    Optional<Kept> open(UUID flow, String sealed) {
        return box.findOpened(sealed, purpose(flow)).map(FlowTokens::read);
    }

    private static Kept read(String text) {
        try {
            JsonObject kept = (JsonObject) Json.parse(text);
            return new Kept(
                    new ProviderTokens(
                            kept.findText("access").orElse(""), kept.findText("refresh")),
                    kept.findObject("link").map(PendingLink::of));
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("what was sealed is no JSON", e);
        }
    }

    private static String purpose(UUID flow) {
        return "flow_state.provider_access_token " + flow;
    }
}
