package dev.ashlar.auth.context;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.config.AccountNotice;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;

/// Tells people what has happened to their account, so that they notice what they did not do.
@FunctionalInterface
public interface AccountNews {

    /// In the transaction of the deed. `account` is as it was before; `detail` is the new address
    /// or number, the provider, or the type of the factor.
    void tell(SqlTransaction tx, AccountNotice notice, Account account, String detail, Instant now);

    /// Of an address or number that is another now.
    default void tellMoved(SqlTransaction tx, Account before, Account after, Instant now) {
        String email = after.contact().email();
        if (email != null && !email.equals(before.contact().email())) {
            tell(tx, AccountNotice.EMAIL_CHANGED, before, email, now);
        }
        String phone = after.contact().phone();
        if (phone != null && !phone.equals(before.contact().phone())) {
            tell(tx, AccountNotice.PHONE_CHANGED, before, phone, now);
        }
    }
}
