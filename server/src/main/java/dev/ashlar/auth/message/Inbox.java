package dev.ashlar.auth.message;

import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.backend.sql.SqlDatabase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// What would have been sent, for the people who develop an application: there it needs no mail
/// server and no phone.
public final class Inbox {
    private static final int KEY_CHARS = 32;

    private final SqlDatabase database;
    private final InboxStore store;
    private final String key;

    Inbox(SqlDatabase database, InboxStore store, SecretBox box) {
        this.database = database;
        this.store = store;
        this.key = box.fingerprint("key", "inbox").substring(0, KEY_CHARS);
    }

    /// What a reader has to know: 128 bits that follow from the server's secret, so that a bookmark
    /// outlives a restart. The start prints it.
    public String key() {
        return key;
    }

    public boolean opensWith(String candidate) {
        return MessageDigest.isEqual(
                key.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    /// A message; `kind` is `mail`, `sms` or `whatsapp`.
    public record Received(
            UUID id, Instant at, String kind, String to, String subject, String text, String html) {
        @Override
        public String toString() {
            return "Received[" + kind + "]";
        }
    }

    /// Newest first; the last hundred.
    public List<Received> messages() {
        return database.transaction(store::list);
    }
}
