package dev.ashlar.auth.hook;

import dev.ashlar.json.JsonValue.JsonObject;

/// What a hook is asked. `gist` is what makes two questions the same: the payload without the times
/// and other marks that differ each time.
public record HookQuestion(HookEvent event, JsonObject payload, JsonObject gist) {

    /// One of which everything counts.
    public HookQuestion(HookEvent event, JsonObject payload) {
        this(event, payload, payload);
    }

    boolean isSameAs(HookQuestion other) {
        return event == other.event && gist.equals(other.gist);
    }
}
