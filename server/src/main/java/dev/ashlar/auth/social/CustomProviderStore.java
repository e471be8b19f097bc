package dev.ashlar.auth.social;

import dev.ashlar.auth.account.StoredJson;
import dev.ashlar.auth.social.CustomProvider.ProviderType;
import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The rows of `auth.custom_providers`.
public final class CustomProviderStore {
    private static final String SELECT =
            """
            select id, identifier, provider_type, definition::text as definition, client_secret,
              enabled, created_at, updated_at
            from auth.custom_providers
            """;

    /// Nobody else may add one until the transaction ends: they are counted.
    public long countLocked(SqlTransaction tx) {
        tx.post(SqlText.of("lock table auth.custom_providers in share row exclusive mode"));
        return tx.query(SqlText.of("select count(*) as n from auth.custom_providers"))
                .getFirst()
                .requireLong("n");
    }

    /// False when the identifier is taken.
    public boolean insert(SqlTransaction tx, CustomProvider provider) {
        return tx.execute(
                        SqlText.of(
                                """
                                insert into auth.custom_providers (id, identifier, provider_type,
                                  definition, client_secret, enabled, created_at, updated_at)
                                values ($1, $2, $3, $4::text::jsonb, $5, $6, $7, $8)
                                on conflict do nothing
                                """,
                                provider.id(),
                                provider.identifier(),
                                provider.type().name().toLowerCase(Locale.ROOT),
                                Json.write(provider.definition()),
                                provider.sealedSecret(),
                                provider.enabled(),
                                provider.createdAt(),
                                provider.updatedAt()))
                == 1;
    }

    public void update(SqlTransaction tx, CustomProvider provider) {
        tx.post(
                SqlText.of(
                        """
                        update auth.custom_providers
                        set definition = $2::text::jsonb, client_secret = $3, enabled = $4,
                          updated_at = $5
                        where id = $1
                        """,
                        provider.id(),
                        Json.write(provider.definition()),
                        provider.sealedSecret(),
                        provider.enabled(),
                        provider.updatedAt()));
    }

    public boolean delete(SqlTransaction tx, String identifier) {
        return tx.execute(
                        SqlText.of(
                                "delete from auth.custom_providers where identifier = $1",
                                identifier))
                == 1;
    }

    public Optional<CustomProvider> find(SqlTransaction tx, String identifier) {
        return tx.find(SqlText.of(SELECT + " where identifier = $1", identifier))
                .map(CustomProviderStore::provider);
    }

    public Optional<CustomProvider> findToChange(SqlTransaction tx, String identifier) {
        return tx.find(SqlText.of(SELECT + " where identifier = $1 for update", identifier))
                .map(CustomProviderStore::provider);
    }

    /// By identifier.
    public List<CustomProvider> all(SqlTransaction tx) {
        return tx.query(SqlText.of(SELECT + " order by identifier limit 1000")).stream()
                .map(CustomProviderStore::provider)
                .toList();
    }

    private static CustomProvider provider(SqlRow row) {
        return new CustomProvider(
                row.requireUuid("id"),
                row.requireText("identifier"),
                ProviderType.valueOf(row.requireText("provider_type").toUpperCase(Locale.ROOT)),
                StoredJson.object(row, "definition"),
                row.requireText("client_secret"),
                row.requireBoolean("enabled"),
                row.requireInstant("created_at"),
                row.requireInstant("updated_at"));
    }
}
