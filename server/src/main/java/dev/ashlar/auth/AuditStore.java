package dev.ashlar.auth;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.UUID;

/// Who did what to accounts, one row in the transaction of the deed itself.
final class AuditStore {

    /// `word` stands in the row; the dialect's dashboards filter by it.
    enum Action {
        SIGNED_UP("user_signedup"),
        SIGN_UP_REPEATED("user_repeated_signup"),
        SIGNED_IN("login"),
        SIGNED_OUT("logout"),
        REFRESHED("token_refreshed"),
        TOKEN_REUSED("token_revoked"),
        ACCOUNT_CHANGED("user_modified"),
        PASSWORD_CHANGED("user_updated_password"),
        ACCOUNT_DELETED("user_deleted");

        private final String word;

        Action(String word) {
            this.word = word;
        }
    }

    void record(SqlTransaction tx, Action action, Account account, Visitor visitor, Instant now) {
        String name = account.contact().email();
        JsonObjectBuilder payload =
                new JsonObjectBuilder()
                        .put("action", action.word)
                        .put("actor_id", account.id().toString())
                        .put("actor_username", name == null ? "" : name)
                        .put("log_type", "account");
        tx.execute(
                SqlText.of(
                        """
                        insert into auth.audit_log_entries
                          (instance_id, id, payload, created_at, ip_address)
                        values ('00000000-0000-0000-0000-000000000000', $1, $2::text::json, $3, $4)
                        """,
                        UUID.randomUUID(),
                        Json.write(payload.build()),
                        now,
                        visitor.findIp().orElse("")));
    }
}
