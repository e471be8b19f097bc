package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;

/// The mail about a new address: to it, and to the old one where both have to agree
/// (`auth.mail.secure-email-change`), so that a stolen session alone cannot take the account over.
final class EmailChange {
    private EmailChange() {}

    static void send(
            SqlTransaction tx,
            Account account,
            Notices notices,
            LinkWish wish,
            AccountStore accounts,
            AuthContext context) {
        Instant now = context.now();
        String fresh = account.contact().newEmail();
        String old = account.contact().email();
        if (fresh == null) {
            return;
        }
        accounts.restartEmailChange(tx, account.id());
        EmailAddress to = EmailAddress.parse(fresh);
        if (old != null && context.config().mail().secureEmailChange()) {
            notices.mailChange(tx, account, to, EmailAddress.parse(old), wish, now);
        } else {
            notices.mail(tx, account, Letter.EMAIL_CHANGE_NEW, to, wish, now);
        }
    }
}
