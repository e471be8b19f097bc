package dev.ashlar.auth.webauthn;

import dev.ashlar.auth.account.StoredJson;
import dev.ashlar.auth.webauthn.WebAuthnCredential.Backup;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonNumber;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// The columns of `auth.mfa_factors` and `auth.mfa_challenges` that belong to security keys.
final class FactorCredentialStore {

    void putCredential(SqlTransaction tx, UUID factor, WebAuthnCredential credential) {
        tx.post(
                SqlText.of(
                        """
                        update auth.mfa_factors
                        set web_authn_credential = $2::text::jsonb, web_authn_aaguid = $3
                        where id = $1
                        """,
                        factor,
                        Json.write(json(credential)),
                        credential.model()));
    }

    /// Empty before the factor was verified, and where others' programs have written the row.
    Optional<WebAuthnCredential> findCredential(SqlTransaction tx, UUID factor) {
        return tx.find(
                        SqlText.of(
                                """
                                select web_authn_credential::text as credential
                                from auth.mfa_factors where id = $1
                                """,
                                factor))
                .flatMap(row -> credential(StoredJson.object(row, "credential")));
    }

    List<WebAuthnCredential> ofAccount(SqlTransaction tx, UUID account) {
        return tx
                .query(
                        SqlText.of(
                                """
                                select web_authn_credential::text as credential
                                from auth.mfa_factors
                                where user_id = $1 and web_authn_credential is not null
                                order by created_at, id
                                """,
                                account))
                .stream()
                .map(row -> credential(StoredJson.object(row, "credential")))
                .flatMap(Optional::stream)
                .toList();
    }

    void putChallenge(SqlTransaction tx, UUID challenge, String hash) {
        tx.post(
                SqlText.of(
                        """
                        update auth.mfa_challenges
                        set web_authn_session_data = jsonb_build_object('challenge_hash', $2::text)
                        where id = $1
                        """,
                        challenge,
                        hash));
    }

    Optional<String> findChallenge(SqlTransaction tx, UUID challenge) {
        return tx.find(
                        SqlText.of(
                                """
                                select web_authn_session_data ->> 'challenge_hash' as hash
                                from auth.mfa_challenges where id = $1
                                """,
                                challenge))
                .flatMap(row -> row.findText("hash"));
    }

    private static JsonObject json(WebAuthnCredential credential) {
        List<JsonValue> transports =
                List.copyOf(credential.transports().stream().map(JsonString::new).toList());
        return new JsonObjectBuilder()
                .put("id", credential.id())
                .put("public_key", credential.publicKey())
                .put("aaguid", credential.model().toString())
                .put("sign_count", credential.signCount())
                .put("transports", new JsonArray(transports))
                .put("backup", credential.backup().name().toLowerCase(Locale.ROOT))
                .build();
    }

    private static Optional<WebAuthnCredential> credential(JsonObject json) {
        Optional<String> id = json.findText("id");
        Optional<String> key = json.findText("public_key");
        Optional<String> model = json.findText("aaguid");
        Optional<String> backup = json.findText("backup");
        boolean ours = id.isPresent() && key.isPresent() && model.isPresent() && backup.isPresent();
        return ours
                ? Optional.of(
                        new WebAuthnCredential(
                                id.get(),
                                key.get(),
                                UUID.fromString(model.get()),
                                signCount(json),
                                transports(json),
                                Backup.valueOf(backup.get().toUpperCase(Locale.ROOT))))
                : Optional.empty();
    }

    private static long signCount(JsonObject json) {
        return json.find("sign_count").orElse(JsonNull.NULL) instanceof JsonNumber(var count)
                ? count.longValue()
                : 0;
    }

    private static List<String> transports(JsonObject json) {
        return json.find("transports").orElse(JsonNull.NULL)
                        instanceof JsonArray(List<JsonValue> words)
                ? words.stream()
                        .filter(JsonString.class::isInstance)
                        .map(word -> ((JsonString) word).text())
                        .toList()
                : List.of();
    }
}
