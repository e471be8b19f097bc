package dev.ashlar.auth.audit;

import dev.ashlar.auth.account.Account;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.UUID;

/// Who did what to accounts, one row in the transaction of the deed itself.
public final class AuditStore {

    /// `word` stands in the row; the dialect's dashboards filter by it.
    public enum Action {
        SIGNED_UP("user_signedup"),
        SIGN_UP_REPEATED("user_repeated_signup"),
        SIGNED_IN("login"),
        SIGNED_OUT("logout"),
        REFRESHED("token_refreshed"),
        TOKEN_REUSED("token_revoked"),
        ACCOUNT_CHANGED("user_modified"),
        PASSWORD_CHANGED("user_updated_password"),
        ACCOUNT_DELETED("user_deleted"),
        CONFIRMATION_REQUESTED("user_confirmation_requested"),
        RECOVERY_REQUESTED("user_recovery_requested"),
        REAUTHENTICATION_REQUESTED("user_reauthenticate_requested"),
        INVITED("user_invited"),
        LINK_MADE("generate_link"),
        PASSKEY_ADDED("passkey_created"),
        PASSKEY_RENAMED("passkey_updated"),
        PASSKEY_DELETED("passkey_deleted"),
        PASSKEY_CLONED("passkey_counter_went_back"),
        IDENTITY_LINKED("identity_linked"),
        IDENTITY_UNLINKED("identity_unlinked"),
        ADDRESS_RECLAIMED("address_reclaimed"),
        CUSTOM_PROVIDER_CREATED("custom_provider_created"),
        CUSTOM_PROVIDER_CHANGED("custom_provider_modified"),
        CUSTOM_PROVIDER_DELETED("custom_provider_deleted"),
        SSO_PROVIDER_CREATED("sso_provider_created"),
        SSO_PROVIDER_CHANGED("sso_provider_modified"),
        SSO_PROVIDER_DELETED("sso_provider_deleted"),
        FACTOR_ENROLLED("factor_in_progress"),
        FACTOR_UNENROLLED("factor_unenrolled"),
        FACTOR_CHANGED("factor_updated"),
        FACTOR_DELETED("factor_deleted"),
        CHALLENGE_MADE("challenge_created"),
        VERIFICATION_ATTEMPTED("verification_attempted"),
        LEVEL_RAISED("mfa_code_login"),
        RECOVERY_CODES_MADE("generate_recovery_codes"),
        RECOVERY_CODES_DELETED("recovery_codes_deleted"),
        MESSAGE_ABANDONED("message_abandoned"),
        KEY_ROTATED("signing_key_rotated"),
        KEY_REVOKED("signing_key_revoked"),
        OAUTH_CLIENT_CREATED("oauth_client_created"),
        OAUTH_CLIENT_REGISTERED("oauth_client_registered"),
        OAUTH_CLIENT_CHANGED("oauth_client_modified"),
        OAUTH_CLIENT_SECRET_REPLACED("oauth_client_secret_regenerated"),
        OAUTH_CLIENT_DELETED("oauth_client_deleted"),
        OAUTH_CONSENT_GIVEN("oauth_consent_granted"),
        OAUTH_CONSENT_DENIED("oauth_consent_denied"),
        OAUTH_CODE_EXCHANGED("oauth_code_exchanged"),
        OAUTH_CODE_REPLAYED("oauth_code_replayed"),
        OAUTH_TOKEN_REVOKED("oauth_token_revoked"),
        OAUTH_GRANT_REVOKED("oauth_grant_revoked");

        private final String word;

        Action(String word) {
            this.word = word;
        }
    }

    public void record(
            SqlTransaction tx, Action action, Account account, Visitor visitor, Instant now) {
        insert(tx, deed(action, account), visitor, now);
    }

    /// A deed of an account upon something else; `subject` is what it was done to.
    public void recordAbout(
            SqlTransaction tx,
            Action action,
            Account account,
            String subject,
            Visitor visitor,
            Instant now) {
        insert(tx, deed(action, account).put("subject", subject), visitor, now);
    }

    private static JsonObjectBuilder deed(Action action, Account account) {
        String name = account.contact().email();
        return new JsonObjectBuilder()
                .put("action", action.word)
                .put("actor_id", account.id().toString())
                .put("actor_username", name == null ? "" : name)
                .put("log_type", "account");
    }

    /// A deed upon the server itself, by whoever runs it; `subject` is what it was done to.
    public void recordOperation(
            SqlTransaction tx, Action action, String subject, Visitor visitor, Instant now) {
        insert(tx, operation(action, "service_role", subject), visitor, now);
    }

    /// The same by somebody who has not said who they are.
    public void recordByAnybody(
            SqlTransaction tx, Action action, String subject, Visitor visitor, Instant now) {
        insert(tx, operation(action, "anon", subject), visitor, now);
    }

    private static JsonObjectBuilder operation(Action action, String actor, String subject) {
        return new JsonObjectBuilder()
                .put("action", action.word)
                .put("actor_id", "")
                .put("actor_username", actor)
                .put("log_type", "server")
                .put("subject", subject);
    }

    private static void insert(
            SqlTransaction tx, JsonObjectBuilder payload, Visitor visitor, Instant now) {
        tx.post(
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
