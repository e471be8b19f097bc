package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.config.AccountNotice;
import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.context.AccountNews;
import dev.ashlar.auth.message.MailValues;
import dev.ashlar.auth.message.MailValues.Before;
import dev.ashlar.auth.message.Messages;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// News by mail, of the kinds in `auth.mail.notices`. It goes to the address that the account had
/// before, if that was confirmed: whoever has changed it must not be the only one who is told.
final class MailedNews implements AccountNews {
    private final Messages messages;
    private final AuthConfig config;
    private final String apiUrl;

    MailedNews(Messages messages, AuthConfig config, String apiUrl) {
        this.messages = messages;
        this.config = config;
        this.apiUrl = apiUrl;
    }

    @Override
    public void tell(
            SqlTransaction tx, AccountNotice notice, Account account, String detail, Instant now) {
        String to = account.contact().email();
        if (to == null
                || account.contact().emailConfirmedAt() == null
                || !config.mail().notices().contains(notice)) {
            return;
        }
        Before before = before(notice, account, detail);
        switch (messages.writer()) {
            case HOOK ->
                    messages.mail(
                            tx,
                            account.id(),
                            MailEvent.ofNotice(account, notice, before, apiUrl),
                            now);
            case TEMPLATES -> {
                String email = notice == AccountNotice.EMAIL_CHANGED ? detail : to;
                MailValues values =
                        MailValues.notice(
                                config.siteUrl(), email, account.metadata().user(), before);
                messages.notice(tx, account.id(), notice, to, values, now);
            }
        }
    }

    private static Before before(AccountNotice notice, Account account, String detail) {
        return switch (notice) {
            case EMAIL_CHANGED -> new Before(orEmpty(account.contact().email()), "", "", "", "");
            case PHONE_CHANGED ->
                    new Before("", "+" + detail, orEmpty(account.contact().phone()), "", "");
            case IDENTITY_LINKED, IDENTITY_UNLINKED -> new Before("", "", "", detail, "");
            case MFA_FACTOR_ENROLLED, MFA_FACTOR_UNENROLLED -> new Before("", "", "", "", detail);
            case PASSWORD_CHANGED, PASSKEY_ADDED, PASSKEY_REMOVED -> Before.NOTHING;
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
