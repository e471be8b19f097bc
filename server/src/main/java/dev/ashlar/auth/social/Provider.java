package dev.ashlar.auth.social;

import dev.ashlar.auth.outbound.Fetcher.Source;
import dev.ashlar.config.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A foreign provider as this server uses it. `name` is what clients call it, such as `google` or
/// `custom:acme`; `source` says who has given its URLs.
public record Provider(
        String name, Protocol protocol, Client client, Asking asking, Rules rules, Source source) {

    /// How the provider tells who somebody is.
    public sealed interface Protocol {}

    /// OpenID Connect: endpoints and keys are found by discovery. `issuer` may hold `{tenantid}`,
    /// for which a token's own `tid` stands. `keysUrl` is where its keys are if its description is
    /// not to say so.
    public record OpenId(String discoveryUrl, String issuer, Optional<String> keysUrl)
            implements Protocol {
        public OpenId(String discoveryUrl, String issuer) {
            this(discoveryUrl, issuer, Optional.empty());
        }
    }

    /// Plain OAuth 2.0: whoever has the access token asks an API of the provider's own. Where the
    /// provider signs id tokens as well, `idTokens` says how they are checked.
    public record OAuth(
            String authorizeUrl, String tokenUrl, ProfileReader profile, Optional<OpenId> idTokens)
            implements Protocol {}

    /// This application as the provider knows it: the first id is the one that asks, all are
    /// accepted as the audience of id tokens.
    public record Client(
            List<String> ids, Optional<Secret> secret, Authentication by, String redirectUri) {
        public Client {
            ids = List.copyOf(ids);
        }

        public String id() {
            return ids.getFirst();
        }
    }

    /// How the client proves itself at the token endpoint (RFC 6749, 2.3.1).
    public enum Authentication {
        IN_BODY,
        BASIC,
        /// Basic, and the request is JSON.
        BASIC_WITH_JSON
    }

    /// What the request at the provider's page says beside the usual.
    public record Asking(List<String> scopes, Map<String, String> parameters, Pkce pkce) {
        public Asking {
            scopes = List.copyOf(scopes);
            parameters = Map.copyOf(parameters);
        }
    }

    /// Whether a challenge is sent (RFC 7636, S256).
    public enum Pkce {
        ALWAYS,
        IF_DISCOVERED,
        NEVER
    }

    /// What is believed, and what is asked for.
    public record Rules(Trust email, Nonce nonce, Presence address) {
        public static final Rules STRICT = new Rules(Trust.CLAIM, Nonce.CHECKED, Presence.REQUIRED);
    }

    /// When an address in an id token counts as verified.
    public enum Trust {
        /// When `email_verified` is true.
        CLAIM,
        /// When `xms_edov` is true: Microsoft's other claims are the tenant's own words.
        XMS_EDOV
    }

    /// Whether an id token must hold the nonce that it was asked for with.
    public enum Nonce {
        CHECKED,
        SKIPPED
    }

    /// Whether people without an e-mail address are let in.
    public enum Presence {
        REQUIRED,
        OPTIONAL
    }
}
