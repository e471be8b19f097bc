package dev.ashlar.auth.provider;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The rows of `auth.oauth_consents`.
public final class ConsentStore {
    private final ClientStore clients;

    public ConsentStore(ClientStore clients) {
        this.clients = clients;
    }

    public Optional<String> findScope(SqlTransaction tx, UUID account, UUID client) {
        return tx.find(
                        SqlText.of(
                                "select scope from auth.oauth_consents"
                                        + " where user_id = $1 and client_id = $2",
                                account,
                                client))
                .map(row -> row.requireText("scope"));
    }

    public void put(SqlTransaction tx, UUID account, UUID client, String scope, Instant now) {
        tx.post(
                SqlText.of(
                        """
                        insert into auth.oauth_consents (user_id, client_id, scope, granted_at)
                        values ($1, $2, $3, $4)
                        on conflict (user_id, client_id)
                        do update set scope = excluded.scope, granted_at = excluded.granted_at
                        """,
                        account,
                        client,
                        scope,
                        now));
    }

    /// False when there was none.
    public boolean delete(SqlTransaction tx, UUID account, UUID client) {
        return tx.execute(
                        SqlText.of(
                                "delete from auth.oauth_consents"
                                        + " where user_id = $1 and client_id = $2",
                                account,
                                client))
                == 1;
    }

    /// The latest first.
    public List<Consent> of(SqlTransaction tx, UUID account) {
        List<Consent> consents = new ArrayList<>();
        tx.query(
                        SqlText.of(
                                """
                                select client_id, scope, granted_at from auth.oauth_consents
                                where user_id = $1 order by granted_at desc, client_id limit 1000
                                """,
                                account))
                .forEach(row ->
                        clients.find(tx, row.requireUuid("client_id"))
                                .ifPresent(client ->
                                        consents.add(
                                                new Consent(
                                                        client,
                                                        row.requireText("scope"),
                                                        row.requireInstant("granted_at")))));
        return List.copyOf(consents);
    }
}
