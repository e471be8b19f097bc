package dev.ashlar.auth.social;

import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.Optional;

/// The rows of `auth.oauth_states`: of a state its hash is stored, and it is taken once.
public final class OAuthStateStore {

    public void insert(SqlTransaction tx, String state, OAuthState row) {
        tx.post(
                SqlText.of(
                        """
                        insert into auth.oauth_states (state_hash, provider, redirect_to,
                          flow_state_id, linking_user, sealed, created_at)
                        values ($1, $2, $3, $4, $5, $6, $7)
                        """,
                        OneTimeSecret.hash(state),
                        row.provider(),
                        row.redirectTo().orElse(null),
                        row.flow().orElse(null),
                        row.linking().orElse(null),
                        row.sealed(),
                        row.createdAt()));
    }

    /// Of several who come with one state, one gets it.
    public Optional<OAuthState> take(SqlTransaction tx, String state) {
        return tx.find(
                        SqlText.of(
                                """
                                delete from auth.oauth_states where state_hash = $1
                                returning provider, redirect_to, flow_state_id, linking_user,
                                  sealed, created_at
                                """,
                                OneTimeSecret.hash(state)))
                .map(row ->
                        new OAuthState(
                                row.requireText("provider"),
                                row.findText("redirect_to"),
                                row.findUuid("flow_state_id"),
                                row.findUuid("linking_user"),
                                row.requireText("sealed"),
                                row.requireInstant("created_at")));
    }

    /// Those that nobody came back with, some at a time.
    public long deleteOlderThan(SqlTransaction tx, Instant time) {
        return tx.execute(
                SqlText.of(
                        """
                        delete from auth.oauth_states where state_hash in (
                          select state_hash from auth.oauth_states where created_at < $1
                          order by created_at limit 100 for update skip locked)
                        """,
                        time));
    }
}
