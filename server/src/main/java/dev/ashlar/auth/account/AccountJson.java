package dev.ashlar.auth.account;

import dev.ashlar.auth.account.Account.Contact;
import dev.ashlar.auth.account.Account.Kind;
import dev.ashlar.auth.account.Account.Moments;
import dev.ashlar.auth.account.Account.Sent;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The dialect's User, Identity and Factor, as callers and hooks are given them. Times are RFC 3339
/// in UTC; an e-mail address or phone number that is not there is "", never null.
public final class AccountJson {
    private AccountJson() {}

    public static JsonObject user(Account account) {
        Contact contact = account.contact();
        Moments moments = account.moments();
        JsonObjectBuilder user =
                new JsonObjectBuilder()
                        .put("id", account.id().toString())
                        .put("aud", account.audience())
                        .put("role", account.role())
                        .put("email", orEmpty(contact.email()))
                        .put("phone", orEmpty(contact.phone()));
        putTime(user, "email_confirmed_at", contact.emailConfirmedAt());
        putTime(user, "phone_confirmed_at", contact.phoneConfirmedAt());
        putTime(user, "confirmed_at", confirmedAt(contact));
        putTime(user, "invited_at", moments.invitedAt());
        Sent sent = account.sent();
        putTime(user, "confirmation_sent_at", sent.confirmationAt());
        putTime(user, "recovery_sent_at", sent.recoveryAt());
        putTime(user, "reauthentication_sent_at", sent.reauthenticationAt());
        user.putIfPresent("new_email", contact.newEmail());
        putTime(user, "email_change_sent_at", sent.emailChangeAt());
        user.putIfPresent("new_phone", contact.newPhone());
        putTime(user, "phone_change_sent_at", sent.phoneChangeAt());
        putTime(user, "last_sign_in_at", moments.lastSignInAt());
        user.put("app_metadata", account.metadata().app())
                .put("user_metadata", account.metadata().user())
                .put("identities", identities(account.identities()));
        if (!account.factors().isEmpty()) {
            user.put("factors", factors(account.factors()));
        }
        putTime(user, "created_at", moments.createdAt());
        putTime(user, "updated_at", moments.updatedAt());
        putTime(user, "banned_until", moments.bannedUntil());
        putTime(user, "deleted_at", moments.deletedAt());
        if (account.kind() == Kind.SINGLE_SIGN_ON) {
            user.put("is_sso_user", true);
        }
        return user.put("is_anonymous", account.kind() == Kind.ANONYMOUS).build();
    }

    public static JsonArray factors(List<Factor> factors) {
        return new JsonArray(List.copyOf(factors.stream().map(AccountJson::factor).toList()));
    }

    public static JsonObject factor(Factor factor) {
        Instant challenged = factor.lastChallengedAt();
        return new JsonObjectBuilder()
                .put("id", factor.id().toString())
                .putIfPresent("friendly_name", factor.name())
                .put("factor_type", factor.type().word())
                .put("status", factor.status().word())
                .put("phone", factor.phone())
                .put("created_at", factor.createdAt().toString())
                .put("updated_at", factor.updatedAt().toString())
                .put("last_challenged_at", challenged == null ? null : challenged.toString())
                .build();
    }

    private static JsonArray identities(List<Identity> identities) {
        return new JsonArray(List.copyOf(identities.stream().map(AccountJson::identity).toList()));
    }

    private static JsonObject identity(Identity identity) {
        JsonObjectBuilder json =
                new JsonObjectBuilder()
                        .put("identity_id", identity.id().toString())
                        .put("id", identity.providerId())
                        .put("user_id", identity.accountId().toString())
                        .put("identity_data", identity.details())
                        .put("provider", identity.provider());
        putTime(json, "last_sign_in_at", identity.lastSignInAt());
        putTime(json, "created_at", identity.createdAt());
        putTime(json, "updated_at", identity.updatedAt());
        return json.putIfPresent("email", identity.email()).build();
    }

    /// The first of the two, as the generated column of the table has it.
    private static @Nullable Instant confirmedAt(Contact contact) {
        Instant email = contact.emailConfirmedAt();
        Instant phone = contact.phoneConfirmedAt();
        if (email == null || phone == null) {
            return email == null ? phone : email;
        }
        return email.isBefore(phone) ? email : phone;
    }

    private static void putTime(JsonObjectBuilder json, String name, @Nullable Instant time) {
        if (time != null) {
            json.put(name, time.toString());
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
