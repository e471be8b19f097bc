package dev.ashlar.auth;

import dev.ashlar.auth.Notices.Link;
import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountJson;
import dev.ashlar.auth.config.AccountNotice;
import dev.ashlar.auth.message.MailValues.Before;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.Locale;
import java.util.Optional;

/// What the hook that sends mail is told, as the dialect has it. `site_url` is where this API is
/// reached: links lead there.
///
/// A change of address that is confirmed from both is told at once, with names that are known for
/// being the wrong way round: `token` and `token_hash_new` go to the present address, `token_new`
/// and `token_hash` to the new one.
final class MailEvent {
    private MailEvent() {}

    static JsonObject of(Account account, Letter letter, Link link, String apiUrl) {
        return event(account, letter, link, Optional.empty(), apiUrl);
    }

    static JsonObject ofChange(Account account, Link fresh, Link current, String apiUrl) {
        return event(account, Letter.EMAIL_CHANGE_NEW, fresh, Optional.of(current), apiUrl);
    }

    /// Of a notice, for which there is nothing to be presented.
    static JsonObject ofNotice(
            Account account, AccountNotice notice, Before before, String apiUrl) {
        String type = notice.name().toLowerCase(Locale.ROOT) + "_notification";
        JsonObject data =
                new JsonObjectBuilder()
                        .put("token", "")
                        .put("token_hash", "")
                        .put("redirect_to", "")
                        .put("email_action_type", type)
                        .put("site_url", apiUrl)
                        .put("token_new", "")
                        .put("token_hash_new", "")
                        .put("old_email", before.oldEmail())
                        .put("old_phone", before.oldPhone())
                        .put("provider", before.provider())
                        .put("factor_type", before.factorType())
                        .build();
        return new JsonObjectBuilder()
                .put("user", AccountJson.user(account))
                .put("email_data", data)
                .build();
    }

    private static JsonObject event(
            Account account, Letter letter, Link link, Optional<Link> current, String apiUrl) {
        String code = link.issued().code();
        JsonObject data =
                new JsonObjectBuilder()
                        .put("token", current.map(other -> other.issued().code()).orElse(code))
                        .put("token_hash", link.issued().token())
                        .put("redirect_to", link.redirect().text())
                        .put("email_action_type", letter.type())
                        .put("site_url", apiUrl)
                        .put("token_new", current.map(_ -> code).orElse(""))
                        .put(
                                "token_hash_new",
                                current.map(other -> other.issued().token()).orElse(""))
                        .build();
        return new JsonObjectBuilder()
                .put("user", AccountJson.user(account))
                .put("email_data", data)
                .build();
    }
}
