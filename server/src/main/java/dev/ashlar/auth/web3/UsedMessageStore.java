package dev.ashlar.auth.web3;

import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;

/// The rows of `auth.web3_messages`: messages that have opened a session, while they still could
/// open another. By the message alone, since of one signature others can be made.
public final class UsedMessageStore {

    /// False when it was used before; of several at once one gets true.
    public boolean use(SqlTransaction tx, Chain chain, String message, Instant until) {
        return tx.execute(
                        SqlText.of(
                                """
                                insert into auth.web3_messages (message_hash, expires_at)
                                values ($1, $2) on conflict do nothing
                                """,
                                OneTimeSecret.hash(chain.word() + " " + message),
                                until))
                == 1;
    }

    public long deleteExpired(SqlTransaction tx, Instant now) {
        return tx.execute(SqlText.of("delete from auth.web3_messages where expires_at < $1", now));
    }
}
