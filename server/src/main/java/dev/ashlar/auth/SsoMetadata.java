package dev.ashlar.auth;

import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.outbound.FetchFailed;
import dev.ashlar.auth.outbound.Fetcher;
import dev.ashlar.auth.outbound.Fetcher.Answer;
import dev.ashlar.auth.outbound.Fetcher.Source;
import dev.ashlar.auth.saml.IdpMetadata;
import dev.ashlar.auth.saml.SamlFailure;
import dev.ashlar.auth.saml.SsoProvider;
import dev.ashlar.auth.saml.SsoProviderStore;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.observe.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Metadata of identity providers, which is fetched anew where it has a URL: after
/// `auth.saml.metadata-refresh`, and when a signature fits no known key, since keys are changed so.
/// What cannot be fetched or read leaves the metadata of before as it is.
final class SsoMetadata {
    private static final Log LOG = Log.of(SsoMetadata.class);

    /// Anybody can send a signature that fits no key.
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final SqlDatabase database;
    private final SsoProviderStore store;
    private final Fetcher fetcher;
    private final AuthContext context;

    SsoMetadata(
            SqlDatabase database, SsoProviderStore store, Fetcher fetcher, AuthContext context) {
        this.database = database;
        this.store = store;
        this.fetcher = fetcher;
        this.context = context;
    }

    String fetch(String url) throws FetchFailed {
        Answer answer =
                fetcher.get(
                        url,
                        Source.CALLER,
                        Map.of("Accept", "application/samlmetadata+xml, application/xml"));
        if (!answer.isGood()) {
            throw new FetchFailed(FetchFailed.Kind.BAD_ANSWER, "the answer is " + answer.status());
        }
        return answer.text();
    }

    /// The provider with metadata that is not older than it may be.
    SsoProvider fresh(SsoProvider provider) {
        Instant oldest = context.now().minus(context.config().saml().metadataRefresh());
        return newerThan(provider, oldest).orElse(provider);
    }

    /// The provider with metadata that it did not have before; empty when there is none.
    Optional<SsoProvider> changed(SsoProvider provider) {
        return newerThan(provider, context.now().minus(PAUSE))
                .filter(found -> !found.saml().metadataXml().equals(provider.saml().metadataXml()));
    }

    private Optional<SsoProvider> newerThan(SsoProvider provider, Instant oldest) {
        Optional<String> url = provider.saml().metadataUrl();
        boolean due =
                url.isPresent()
                        && provider.saml().fetchedAt().filter(at -> !at.isBefore(oldest)).isEmpty()
                        && database.transaction(
                                tx -> store.claimFetch(tx, provider.id(), oldest, context.now()));
        if (!due) {
            return Optional.empty();
        }
        try {
            String xml = fetch(url.get());
            IdpMetadata metadata = IdpMetadata.parse(xml);
            if (metadata.entityId().equals(provider.saml().entityId())) {
                return database.transaction(tx ->
                        store.findToChange(tx, provider.id())
                                .filter(found -> found.saml().metadataUrl().equals(url))
                                .map(found -> {
                                    SsoProvider updated = found.withMetadata(xml, context.now());
                                    store.update(tx, updated);
                                    return updated;
                                }));
            }
            LOG.warn("Metadata of {} is of another entity", provider.name());
        } catch (FetchFailed | SamlFailure e) {
            LOG.warn("Metadata of {}: {}", provider.name(), e.getMessage());
        }
        return Optional.empty();
    }
}
