package dev.ashlar.auth.saml;

import dev.ashlar.auth.account.StoredJson;
import dev.ashlar.auth.saml.SsoProvider.Domain;
import dev.ashlar.auth.saml.SsoProvider.Moments;
import dev.ashlar.auth.saml.SsoProvider.Saml;
import dev.ashlar.auth.saml.SsoProvider.Standing;
import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// The rows of `auth.sso_providers`, `auth.sso_domains` and `auth.saml_providers`.
public final class SsoProviderStore {
    private static final String SELECT =
            """
            select p.id, coalesce(p.disabled, false) as disabled, p.created_at, p.updated_at,
              s.id as saml_id, s.entity_id, s.metadata_xml, s.metadata_url, s.metadata_fetched_at,
              s.attribute_mapping::text as attribute_mapping, s.name_id_format
            from auth.sso_providers p join auth.saml_providers s on s.sso_provider_id = p.id
            """;

    /// Nobody else may add one until the transaction ends: they are counted.
    public long countLocked(SqlTransaction tx) {
        tx.execute(SqlText.of("lock table auth.sso_providers in share row exclusive mode"));
        return tx.query(SqlText.of("select count(*) as n from auth.sso_providers"))
                .getFirst()
                .requireLong("n");
    }

    /// False when the entity id is taken.
    public boolean insert(SqlTransaction tx, SsoProvider provider) {
        Saml saml = provider.saml();
        tx.execute(
                SqlText.of(
                        """
                        insert into auth.sso_providers (id, disabled, created_at, updated_at)
                        values ($1, $2, $3, $4)
                        """,
                        provider.id(),
                        !provider.isEnabled(),
                        provider.moments().createdAt(),
                        provider.moments().updatedAt()));
        return tx.execute(
                        SqlText.of(
                                """
                                insert into auth.saml_providers (id, sso_provider_id, entity_id,
                                  metadata_xml, metadata_url, metadata_fetched_at,
                                  attribute_mapping, name_id_format, created_at, updated_at)
                                values ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8, $9, $9)
                                on conflict do nothing
                                """,
                                saml.id(),
                                provider.id(),
                                saml.entityId(),
                                saml.metadataXml(),
                                saml.metadataUrl().orElse(null),
                                saml.fetchedAt().orElse(null),
                                Json.write(saml.attributeMapping()),
                                saml.nameIdFormat().orElse(null),
                                provider.moments().createdAt()))
                == 1;
    }

    /// All but the domains.
    public void update(SqlTransaction tx, SsoProvider provider) {
        Saml saml = provider.saml();
        tx.execute(
                SqlText.of(
                        "update auth.sso_providers set disabled = $2, updated_at = $3 where id = $1",
                        provider.id(),
                        !provider.isEnabled(),
                        provider.moments().updatedAt()));
        tx.execute(
                SqlText.of(
                        """
                        update auth.saml_providers
                        set metadata_xml = $2, metadata_url = $3, metadata_fetched_at = $4,
                          attribute_mapping = $5::text::jsonb, name_id_format = $6, updated_at = $7
                        where id = $1
                        """,
                        saml.id(),
                        saml.metadataXml(),
                        saml.metadataUrl().orElse(null),
                        saml.fetchedAt().orElse(null),
                        Json.write(saml.attributeMapping()),
                        saml.nameIdFormat().orElse(null),
                        provider.moments().updatedAt()));
    }

    /// False when one of them is another provider's.
    public boolean replaceDomains(SqlTransaction tx, UUID provider, List<Domain> domains) {
        tx.execute(SqlText.of("delete from auth.sso_domains where sso_provider_id = $1", provider));
        long inserted = 0;
        for (Domain domain : domains) {
            inserted +=
                    tx.execute(
                            SqlText.of(
                                    """
                                    insert into auth.sso_domains (id, sso_provider_id, domain,
                                      created_at, updated_at)
                                    values ($1, $2, $3, $4, $4) on conflict do nothing
                                    """,
                                    domain.id(),
                                    provider,
                                    domain.name(),
                                    domain.createdAt()));
        }
        return inserted == domains.size();
    }

    public void delete(SqlTransaction tx, UUID id) {
        tx.execute(SqlText.of("delete from auth.sso_providers where id = $1", id));
    }

    public Optional<SsoProvider> find(SqlTransaction tx, UUID id) {
        return one(tx, SqlText.of(SELECT + " where p.id = $1", id));
    }

    public Optional<SsoProvider> findToChange(SqlTransaction tx, UUID id) {
        return one(tx, SqlText.of(SELECT + " where p.id = $1 for update of p", id));
    }

    /// `domain` in lower case.
    public Optional<SsoProvider> findByDomain(SqlTransaction tx, String domain) {
        return one(
                tx,
                SqlText.of(
                        SELECT
                                + " where p.id = (select sso_provider_id from auth.sso_domains"
                                + " where lower(domain) = $1)",
                        domain));
    }

    public Optional<SsoProvider> findByEntityId(SqlTransaction tx, String entityId) {
        return one(tx, SqlText.of(SELECT + " where s.entity_id = $1", entityId));
    }

    /// Oldest first.
    public List<SsoProvider> all(SqlTransaction tx) {
        return providers(tx, SqlText.of(SELECT + " order by p.created_at, p.id limit 10000"));
    }

    /// Claims the next look at the provider's own address, unless somebody looked after `before`.
    public boolean claimFetch(SqlTransaction tx, UUID id, Instant before, Instant now) {
        return tx.execute(
                        SqlText.of(
                                """
                                update auth.saml_providers set metadata_fetched_at = $3
                                where sso_provider_id = $1
                                  and coalesce(metadata_fetched_at, '-infinity') < $2
                                """,
                                id,
                                before,
                                now))
                == 1;
    }

    private static Optional<SsoProvider> one(SqlTransaction tx, SqlStatement statement) {
        return providers(tx, statement).stream().findFirst();
    }

    private static List<SsoProvider> providers(SqlTransaction tx, SqlStatement statement) {
        List<SqlRow> rows = tx.query(statement);
        String[] ids =
                rows.stream().map(row -> row.requireUuid("id").toString()).toArray(String[]::new);
        Map<UUID, List<Domain>> domains =
                tx
                        .query(
                                SqlText.of(
                                        """
                                        select id, sso_provider_id, domain, created_at
                                        from auth.sso_domains
                                        where sso_provider_id = any ($1::text[]::uuid[])
                                        order by domain
                                        """,
                                        (Object) ids))
                        .stream()
                        .collect(
                                Collectors.groupingBy(
                                        row -> row.requireUuid("sso_provider_id"),
                                        Collectors.mapping(
                                                SsoProviderStore::domain, Collectors.toList())));
        return rows.stream()
                .map(row -> provider(row, domains.getOrDefault(row.requireUuid("id"), List.of())))
                .toList();
    }

    private static Domain domain(SqlRow row) {
        return new Domain(
                row.requireUuid("id"),
                row.requireText("domain"),
                row.findInstant("created_at").orElse(Instant.EPOCH));
    }

    private static SsoProvider provider(SqlRow row, List<Domain> domains) {
        Instant created = row.findInstant("created_at").orElse(Instant.EPOCH);
        return new SsoProvider(
                row.requireUuid("id"),
                row.requireBoolean("disabled") ? Standing.DISABLED : Standing.ENABLED,
                new Saml(
                        row.requireUuid("saml_id"),
                        row.requireText("entity_id"),
                        row.requireText("metadata_xml"),
                        row.findText("metadata_url"),
                        row.findInstant("metadata_fetched_at"),
                        StoredJson.object(row, "attribute_mapping"),
                        row.findText("name_id_format")),
                domains,
                new Moments(created, row.findInstant("updated_at").orElse(created)));
    }
}
