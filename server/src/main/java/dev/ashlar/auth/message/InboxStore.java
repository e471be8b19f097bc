package dev.ashlar.auth.message;

import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import java.util.List;
import java.util.UUID;

/// The rows of `auth.inbox`: messages that development shows instead of sending them. The newest
/// hundred are kept, sealed as in the outbox.
final class InboxStore {
    private static final int KEPT = 100;

    private final SecretBox box;

    InboxStore(SecretBox box) {
        this.box = box;
    }

    void insert(SqlTransaction tx, Inbox.Received message) {
        String content =
                Json.write(
                        new JsonObjectBuilder()
                                .put("to", message.to())
                                .put("kind", message.kind())
                                .put("subject", message.subject())
                                .put("text", message.text())
                                .put("html", message.html())
                                .build());
        tx.post(
                SqlText.of(
                        "insert into auth.inbox (id, content, created_at) values ($1, $2, $3)",
                        message.id(),
                        box.seal(content, purpose(message.id())),
                        message.at()));
        tx.post(
                SqlText.of(
                        """
                        delete from auth.inbox where id in (
                          select id from auth.inbox order by created_at desc, id offset $1
                          for update skip locked)
                        """,
                        (long) KEPT));
    }

    /// Newest first.
    List<Inbox.Received> list(SqlTransaction tx) {
        return tx
                .query(
                        SqlText.of(
                                """
                                select id, content, created_at from auth.inbox
                                order by created_at desc, id
                                """))
                .stream()
                .flatMap(row ->
                        box
                                .findOpened(
                                        row.requireText("content"), purpose(row.requireUuid("id")))
                                .map(content -> received(row, content))
                                .stream())
                .toList();
    }

    private static Inbox.Received received(SqlRow row, String content) {
        try {
            JsonObject message = (JsonObject) Json.parse(content);
            return new Inbox.Received(
                    row.requireUuid("id"),
                    row.requireInstant("created_at"),
                    message.findText("kind").orElse(""),
                    message.findText("to").orElse(""),
                    message.findText("subject").orElse(""),
                    message.findText("text").orElse(""),
                    message.findText("html").orElse(""));
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("the inbox holds no JSON", e);
        }
    }

    private static String purpose(UUID id) {
        return "auth.inbox.content " + id;
    }
}
