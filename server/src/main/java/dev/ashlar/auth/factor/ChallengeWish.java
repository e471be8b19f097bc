package dev.ashlar.auth.factor;

import dev.ashlar.auth.message.TextMessage.Channel;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.Optional;

/// How somebody wants to be asked: `channel` is how a text travels, `webAuthn` what a client says
/// about authenticators.
public record ChallengeWish(Channel channel, Optional<JsonObject> webAuthn) {}
