package dev.ashlar.auth.hook;

import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;

/// Where a hook is.
sealed interface HookTarget permits FunctionHook, WebhookHook {
    /// Of what a hook answers, in bytes.
    int MAX_BYTES = 20 * 1024;

    /// Nothing and `null` say that the hook has nothing to say.
    static JsonObject parse(String text) {
        if (text.isBlank()) {
            return JsonObject.EMPTY;
        }
        try {
            return Json.parse(text) instanceof JsonObject object ? object : JsonObject.EMPTY;
        } catch (MalformedJsonException _) {
            throw HookCall.failed("The answer of the hook is no JSON");
        }
    }
}
