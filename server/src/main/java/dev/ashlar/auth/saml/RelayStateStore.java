package dev.ashlar.auth.saml;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The rows of `auth.saml_relay_states`, each of which is taken once.
public final class RelayStateStore {

    public void insert(SqlTransaction tx, RelayState state) {
        tx.execute(
                SqlText.of(
                        """
                        insert into auth.saml_relay_states (id, sso_provider_id, request_id,
                          redirect_to, flow_state_id, created_at, updated_at)
                        values ($1, $2, $3, $4, $5, $6, $6)
                        """,
                        state.id(),
                        state.provider(),
                        state.requestId(),
                        state.redirectTo().orElse(null),
                        state.flow().orElse(null),
                        state.createdAt()));
    }

    /// Of several who come with one, one gets it.
    public Optional<RelayState> take(SqlTransaction tx, UUID id) {
        return tx.find(
                        SqlText.of(
                                """
                                delete from auth.saml_relay_states where id = $1
                                returning id, sso_provider_id, request_id, redirect_to,
                                  flow_state_id, created_at
                                """,
                                id))
                .map(row ->
                        new RelayState(
                                row.requireUuid("id"),
                                row.requireUuid("sso_provider_id"),
                                row.requireText("request_id"),
                                row.findText("redirect_to"),
                                row.findUuid("flow_state_id"),
                                row.findInstant("created_at").orElse(Instant.EPOCH)));
    }

    /// Those that nobody came back with, some at a time.
    public long deleteOlderThan(SqlTransaction tx, Instant time) {
        return tx.execute(
                SqlText.of(
                        """
                        delete from auth.saml_relay_states where id in (
                          select id from auth.saml_relay_states where created_at < $1
                          order by created_at limit 100 for update skip locked)
                        """,
                        time));
    }
}
