package dev.ashlar.auth.hook;

import dev.ashlar.json.JsonValue.JsonObject;

/// What a hook said, and to what: the question may have been put a moment ago.
public record HookAnswer(JsonObject asked, JsonObject said) {}
