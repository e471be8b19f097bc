package dev.ashlar.auth.provider;

import dev.ashlar.auth.provider.ClientMetadata.AuthMethod;
import dev.ashlar.auth.provider.OAuthClient.Registration;
import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// The rows of `auth.oauth_clients`.
public final class ClientStore {
    // No redirect URI and no grant type holds a blank.
    private static final String SELECT =
            """
            select id, secret_hash, registration_type, name,
              array_to_string(redirect_uris, ' ') as redirect_uris,
              array_to_string(grant_types, ' ') as grant_types,
              scope, client_uri, logo_uri, token_endpoint_auth_method, created_at, updated_at
            from auth.oauth_clients
            """;

    public void insert(SqlTransaction tx, OAuthClient client) {
        ClientMetadata metadata = client.metadata();
        tx.post(
                SqlText.of(
                        """
                        insert into auth.oauth_clients (id, secret_hash, registration_type, name,
                          redirect_uris, grant_types, scope, client_uri, logo_uri,
                          token_endpoint_auth_method, created_at, updated_at)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
                        """,
                        client.id(),
                        client.secretHash().orElse(null),
                        client.registration().name().toLowerCase(Locale.ROOT),
                        metadata.name(),
                        metadata.redirectUris().toArray(String[]::new),
                        metadata.grantTypes().toArray(String[]::new),
                        metadata.scope().orElse(null),
                        metadata.uri().orElse(null),
                        metadata.logoUri().orElse(null),
                        metadata.authMethod().word(),
                        client.createdAt()));
    }

    public void update(SqlTransaction tx, UUID id, ClientMetadata metadata, Instant now) {
        tx.post(
                SqlText.of(
                        """
                        update auth.oauth_clients set name = $2, redirect_uris = $3,
                          grant_types = $4, scope = $5, client_uri = $6, logo_uri = $7,
                          token_endpoint_auth_method = $8, updated_at = $9
                        where id = $1
                        """,
                        id,
                        metadata.name(),
                        metadata.redirectUris().toArray(String[]::new),
                        metadata.grantTypes().toArray(String[]::new),
                        metadata.scope().orElse(null),
                        metadata.uri().orElse(null),
                        metadata.logoUri().orElse(null),
                        metadata.authMethod().word(),
                        now));
    }

    public void replaceSecret(SqlTransaction tx, UUID id, String hash, Instant now) {
        tx.post(
                SqlText.of(
                        "update auth.oauth_clients set secret_hash = $2, updated_at = $3"
                                + " where id = $1",
                        id,
                        hash,
                        now));
    }

    /// With its sessions, consents and what is under way.
    public void delete(SqlTransaction tx, UUID id) {
        tx.post(SqlText.of("delete from auth.oauth_clients where id = $1", id));
    }

    public Optional<OAuthClient> find(SqlTransaction tx, UUID id) {
        return tx.find(SqlText.of(SELECT + " where id = $1", id)).map(ClientStore::client);
    }

    /// Nobody else may change it until the transaction ends.
    public Optional<OAuthClient> findToChange(SqlTransaction tx, UUID id) {
        return tx.find(SqlText.of(SELECT + " where id = $1 for no key update", id))
                .map(ClientStore::client);
    }

    /// Newest first.
    public List<OAuthClient> page(SqlTransaction tx, long offset, long limit) {
        return tx
                .query(
                        SqlText.of(
                                SELECT + " order by created_at desc, id limit $1 offset $2",
                                limit,
                                offset))
                .stream()
                .map(ClientStore::client)
                .toList();
    }

    public long count(SqlTransaction tx) {
        return tx.find(SqlText.of("select count(*) as n from auth.oauth_clients"))
                .orElseThrow()
                .requireLong("n");
    }

    /// Waits for others who count too, so that no two take the last place.
    public long countDynamic(SqlTransaction tx) {
        tx.query(
                SqlText.of(
                        "select pg_advisory_xact_lock(hashtext('auth.oauth_clients dynamic'))::text"
                                + " as locked"));
        return tx.find(
                        SqlText.of(
                                "select count(*) as n from auth.oauth_clients"
                                        + " where registration_type = 'dynamic'"))
                .orElseThrow()
                .requireLong("n");
    }

    /// Those that have registered themselves and that nobody has ever agreed to.
    public long deleteUnused(SqlTransaction tx, Instant before) {
        return tx.execute(
                SqlText.of(
                        """
                        delete from auth.oauth_clients c
                        where registration_type = 'dynamic' and created_at < $1
                          and not exists (
                            select from auth.oauth_consents g where g.client_id = c.id)
                          and not exists (
                            select from auth.sessions s where s.oauth_client_id = c.id)
                        """,
                        before));
    }

    /// The first of them.
    public long deleteOldestUnused(SqlTransaction tx, Instant before) {
        return tx.execute(
                SqlText.of(
                        """
                        delete from auth.oauth_clients where id = (
                          select c.id from auth.oauth_clients c
                          where registration_type = 'dynamic' and created_at < $1
                            and not exists (
                              select from auth.oauth_consents g where g.client_id = c.id)
                            and not exists (
                              select from auth.sessions s where s.oauth_client_id = c.id)
                          order by created_at, c.id limit 1)
                        """,
                        before));
    }

    private static OAuthClient client(SqlRow row) {
        ClientMetadata metadata =
                new ClientMetadata(
                        row.requireText("name"),
                        List.of(row.requireText("redirect_uris").split(" ")),
                        List.of(row.requireText("grant_types").split(" ")),
                        row.findText("scope"),
                        row.findText("client_uri"),
                        row.findText("logo_uri"),
                        AuthMethod.valueOf(
                                row.requireText("token_endpoint_auth_method")
                                        .toUpperCase(Locale.ROOT)));
        return new OAuthClient(
                row.requireUuid("id"),
                row.findText("secret_hash"),
                Registration.valueOf(row.requireText("registration_type").toUpperCase(Locale.ROOT)),
                metadata,
                row.requireInstant("created_at"),
                row.requireInstant("updated_at"));
    }
}
