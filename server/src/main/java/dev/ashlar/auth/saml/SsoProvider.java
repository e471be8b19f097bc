package dev.ashlar.auth.saml;

import dev.ashlar.auth.account.Account;
import dev.ashlar.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// An identity provider that an admin has made known. Its people sign in by `sso:<id>`.
public record SsoProvider(
        UUID id, Standing standing, Saml saml, List<Domain> domains, Moments moments) {
    public SsoProvider {
        domains = List.copyOf(domains);
    }

    /// Whether anybody can sign in by it.
    public enum Standing {
        ENABLED,
        DISABLED
    }

    /// `metadataUrl` is where newer metadata can be had, `fetchedAt` when it was looked there last.
    public record Saml(
            UUID id,
            String entityId,
            String metadataXml,
            Optional<String> metadataUrl,
            Optional<Instant> fetchedAt,
            JsonObject attributeMapping,
            Optional<String> nameIdFormat) {

        public Saml withMetadata(String xml, Instant at) {
            return new Saml(
                    id,
                    entityId,
                    xml,
                    metadataUrl,
                    Optional.of(at),
                    attributeMapping,
                    nameIdFormat);
        }
    }

    /// People with an address of it are sent to the provider.
    public record Domain(UUID id, String name, Instant createdAt) {}

    public record Moments(Instant createdAt, Instant updatedAt) {}

    /// What identities and app metadata name it by.
    public String name() {
        return Account.SSO_PREFIX + id;
    }

    public SsoProvider withMetadata(String xml, Instant at) {
        return new SsoProvider(
                id,
                standing,
                saml.withMetadata(xml, at),
                domains,
                new Moments(moments.createdAt(), at));
    }

    public boolean isEnabled() {
        return standing == Standing.ENABLED;
    }
}
