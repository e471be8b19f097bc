package dev.ashlar.auth.saml;

import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;

/// The rows of `auth.saml_assertions`: those that were accepted, until nobody could accept them any
/// more (SAML profiles, section 4.1.4.5).
public final class AssertionStore {

    /// False when it was accepted before. Of several at once one is the first: the others wait for
    /// its transaction to end.
    public boolean accept(SqlTransaction tx, String issuer, Assertion assertion) {
        return tx.execute(
                        SqlText.of(
                                """
                                insert into auth.saml_assertions (assertion_hash, expires_at)
                                values ($1, $2) on conflict do nothing
                                """,
                                OneTimeSecret.hash(issuer + '\0' + assertion.id()),
                                assertion.end()))
                == 1;
    }

    /// Some at a time.
    public long deleteExpired(SqlTransaction tx, Instant now) {
        return tx.execute(
                SqlText.of(
                        """
                        delete from auth.saml_assertions where assertion_hash in (
                          select assertion_hash from auth.saml_assertions where expires_at < $1
                          order by expires_at limit 100 for update skip locked)
                        """,
                        now));
    }
}
