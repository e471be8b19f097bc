package dev.ashlar.auth.message;

import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The rows of `auth.outbox`: mail that waits to be sent. What it says is sealed, since it holds
/// links that sign people in.
final class OutboxStore {
    private final SecretBox box;

    OutboxStore(SecretBox box) {
        this.box = box;
    }

    /// `about` is whom the mail concerns; `attempts` counts this one.
    record Waiting(UUID id, Optional<UUID> about, Outgoing message, int attempts) {}

    void insert(SqlTransaction tx, UUID about, Outgoing message, Instant now) {
        UUID id = UUID.randomUUID();
        String content =
                Json.write(
                        switch (message) {
                            case Mail mail ->
                                    new JsonObjectBuilder()
                                            .put("to", mail.to())
                                            .put("subject", mail.subject())
                                            .put("text", mail.text())
                                            .put("html", mail.html())
                                            .build();
                            case Outgoing.Event(JsonObject payload) ->
                                    new JsonObjectBuilder().put("event", payload).build();
                        });
        tx.post(
                SqlText.of(
                        """
                        insert into auth.outbox (id, about, content, created_at, next_attempt_at)
                        values ($1, $2, $3, $4, $4)
                        """,
                        id,
                        about,
                        box.seal(content, purpose(id)),
                        now));
    }

    /// Takes one that is due and keeps the other nodes from it until the given time: if this one
    /// dies meanwhile, another tries then.
    Optional<Waiting> lease(SqlTransaction tx, Instant now, Instant until) {
        return tx.find(
                        SqlText.of(
                                """
                                update auth.outbox set attempts = attempts + 1, next_attempt_at = $2
                                where id = (
                                  select id from auth.outbox where next_attempt_at <= $1
                                  order by next_attempt_at limit 1 for update skip locked)
                                returning id, about, content, attempts
                                """,
                                now,
                                until))
                .map(this::waiting);
    }

    void postpone(SqlTransaction tx, UUID id, Instant next) {
        tx.post(SqlText.of("update auth.outbox set next_attempt_at = $2 where id = $1", id, next));
    }

    void delete(SqlTransaction tx, UUID id) {
        tx.post(SqlText.of("delete from auth.outbox where id = $1", id));
    }

    private Waiting waiting(SqlRow row) {
        UUID id = row.requireUuid("id");
        return new Waiting(
                id,
                row.findUuid("about"),
                box.findOpened(row.requireText("content"), purpose(id))
                        .map(OutboxStore::message)
                        // Sealed under another secret: nobody can read it any more.
                        .orElseGet(() -> new Mail("", "", "", "")),
                Math.toIntExact(row.requireLong("attempts")));
    }

    private static Outgoing message(String content) {
        try {
            JsonObject mail = (JsonObject) Json.parse(content);
            Optional<JsonObject> event = mail.findObject("event");
            if (event.isPresent()) {
                return new Outgoing.Event(event.get());
            }
            return new Mail(
                    mail.findText("to").orElse(""),
                    mail.findText("subject").orElse(""),
                    mail.findText("text").orElse(""),
                    mail.findText("html").orElse(""));
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("the outbox holds no JSON", e);
        }
    }

    private static String purpose(UUID id) {
        return "auth.outbox.content " + id;
    }
}
