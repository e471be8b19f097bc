package dev.ashlar.auth.message;

import dev.ashlar.json.JsonValue.JsonObject;

/// What waits in the outbox. It holds links that sign people in.
public sealed interface Outgoing permits Mail, Outgoing.Event {

    /// What the hook that sends mail is told.
    record Event(JsonObject payload) implements Outgoing {
        @Override
        public String toString() {
            return "Event[]";
        }
    }
}
