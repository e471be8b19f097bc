package dev.ashlar.auth.social;

import dev.ashlar.auth.outbound.Documents;
import dev.ashlar.auth.outbound.FetchFailed;
import dev.ashlar.auth.outbound.Fetcher;
import dev.ashlar.auth.outbound.Fetcher.Answer;
import dev.ashlar.auth.social.Profile.EmailStatus;
import dev.ashlar.auth.social.Provider.Authentication;
import dev.ashlar.auth.social.Provider.Client;
import dev.ashlar.auth.social.Provider.Nonce;
import dev.ashlar.auth.social.Provider.OAuth;
import dev.ashlar.auth.social.Provider.OpenId;
import dev.ashlar.auth.social.Provider.Pkce;
import dev.ashlar.auth.social.Provider.Trust;
import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.config.Secret;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.ErrorCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Talks to providers: where people are sent, and what comes of the code they bring back (RFC 6749,
/// 4.1; OpenID Connect Core 1.0, 3.1).
public final class ProviderClient {
    /// What callers may not say themselves at the provider's page: it is the protocol's.
    private static final Set<String> OURS =
            Set.of(
                    "client_id",
                    "client_secret",
                    "redirect_uri",
                    "response_type",
                    "response_mode",
                    "state",
                    "scope",
                    "nonce",
                    "code_challenge",
                    "code_challenge_method",
                    "request",
                    "request_uri",
                    "registration",
                    "claims");

    private static final Pattern TOKEN = Pattern.compile("[\\x20-\\x7e]+");
    private static final int MAX_SCOPES_CHARS = 2_000;

    private final Fetcher fetcher;
    private final Documents documents;
    private final IdTokens idTokens;

    public ProviderClient(Fetcher fetcher, Documents documents) {
        this.fetcher = fetcher;
        this.documents = documents;
        this.idTokens = new IdTokens(documents);
    }

    /// What is remembered of one visit at a provider. `verifier` is empty where the provider takes
    /// no challenge.
    public record Visit(String state, String verifier, String nonce) {
        public static Visit next() {
            return new Visit(OneTimeSecret.next(), OneTimeSecret.next(), OneTimeSecret.next());
        }

        @Override
        public String toString() {
            return "Visit[]";
        }
    }

    /// What the provider has given, and to whom.
    public record Came(Profile profile, String accessToken, Optional<String> refreshToken) {
        @Override
        public String toString() {
            return "Came[" + profile.subject() + "]";
        }
    }

    /// The address of the provider's page. `extras` are the caller's own parameters.
    public String page(Provider provider, Visit visit, String scopes, Map<String, String> extras)
            throws FetchFailed, SocialFailure {
        Map<String, String> query = new LinkedHashMap<>();
        extras.forEach((name, value) -> {
            if (!OURS.contains(name)) {
                query.put(name.equals("workos_provider") ? "provider" : name, value);
            }
        });
        query.putAll(provider.asking().parameters());
        query.put("client_id", provider.client().id());
        query.put("redirect_uri", provider.client().redirectUri());
        query.put("response_type", "code");
        String asked = scopes(provider, scopes);
        if (!asked.isEmpty()) {
            query.put("scope", asked);
        }
        query.put("state", visit.state());
        String url;
        boolean challenges = provider.asking().pkce() == Pkce.ALWAYS;
        switch (provider.protocol()) {
            case OpenId openId -> {
                Metadata metadata = Metadata.find(openId, documents, provider.source());
                url = metadata.require("authorization_endpoint");
                query.put("nonce", visit.nonce());
                challenges |=
                        provider.asking().pkce() == Pkce.IF_DISCOVERED
                                && metadata.list("code_challenge_methods_supported")
                                        .contains("S256");
            }
            case OAuth oauth -> url = oauth.authorizeUrl();
        }
        if (challenges) {
            query.put("code_challenge", s256(visit.verifier()));
            query.put("code_challenge_method", "S256");
        }
        fetcher.check(url, provider.source());
        return url + (url.indexOf('?') < 0 ? "?" : "&") + form(query);
    }

    /// Whoever says to have sent somebody back has to be the provider that they were sent to: else
    /// a provider's code would be given to another one (RFC 9207, 2.4). Of providers with an API of
    /// their own no issuer is known.
    public void requireIssuer(Provider provider, Optional<String> named)
            throws FetchFailed, SocialFailure {
        if (!(provider.protocol() instanceof OpenId openId)) {
            return;
        }
        Metadata metadata = Metadata.find(openId, documents, provider.source());
        boolean good =
                named.isPresent()
                        ? IdTokens.isIssuer(metadata.issuer(), named.get(), Optional.empty())
                        : !Profiles.isTrue(
                                metadata.values(),
                                "authorization_response_iss_parameter_supported");
        if (!good) {
            throw new SocialFailure(
                    ErrorCode.BAD_OAUTH_CALLBACK,
                    "invalid_request",
                    "OAuth callback of another issuer");
        }
    }

    /// Exchanges the code that somebody came back with, and finds out who it is.
    public Came exchange(Provider provider, String code, Visit visit, Instant now)
            throws FetchFailed, SocialFailure {
        String url =
                switch (provider.protocol()) {
                    case OpenId openId ->
                            Metadata.find(openId, documents, provider.source())
                                    .require("token_endpoint");
                    case OAuth oauth -> oauth.tokenUrl();
                };
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "authorization_code");
        fields.put("code", code);
        fields.put("redirect_uri", provider.client().redirectUri());
        // One that was not asked for is passed over (RFC 6749, 3.2).
        if (provider.asking().pkce() != Pkce.NEVER) {
            fields.put("code_verifier", visit.verifier());
        }
        JsonObject tokens = tokens(provider, url, fields);
        String access = tokens.findText("access_token").orElse("");
        Profile profile =
                switch (provider.protocol()) {
                    case OpenId openId ->
                            byIdToken(provider, openId, tokens, visit.nonce(), access, now);
                    case OAuth oauth ->
                            oauth.profile().read(address -> api(provider, address, access), tokens);
                };
        return new Came(profile, access, tokens.findText("refresh_token"));
    }

    /// For apps that got an id token by themselves. The nonce is compared as it is and hashed, as
    /// providers of phones have it (SHA-256, hex).
    public Profile present(
            Provider provider,
            String idToken,
            Optional<String> accessToken,
            Optional<String> nonce,
            Instant now)
            throws FetchFailed, SocialFailure {
        OpenId openId =
                switch (provider.protocol()) {
                    case OpenId found -> found;
                    case OAuth oauth ->
                            oauth.idTokens()
                                    .orElseThrow(() ->
                                            new SocialFailure(
                                                    ErrorCode.OAUTH_PROVIDER_NOT_SUPPORTED,
                                                    "invalid_request",
                                                    "This provider gives no id tokens"));
                };
        JsonObject claims =
                idTokens.check(idToken, openId, provider.source(), provider.client().ids(), now);
        if (accessToken.isPresent()) {
            IdTokens.requireHash(claims, accessToken.get(), idToken);
        }
        if (provider.rules().nonce() == Nonce.CHECKED) {
            Optional<String> claimed = claims.findText("nonce");
            if (claimed.isPresent() != nonce.isPresent()) {
                throw SocialFailure.badToken(
                        "Passed nonce and nonce in id_token should either both exist or not");
            }
            if (nonce.isPresent()
                    && !same(claimed.get(), sha256Hex(nonce.get()))
                    && !same(claimed.get(), nonce.get())) {
                throw SocialFailure.badToken("Nonces mismatch");
            }
        }
        return profile(provider, openId, claims);
    }

    private Profile byIdToken(
            Provider provider,
            OpenId openId,
            JsonObject tokens,
            String nonce,
            String access,
            Instant now)
            throws FetchFailed, SocialFailure {
        String idToken =
                tokens.findText("id_token")
                        .orElseThrow(
                                () -> SocialFailure.badAnswer("the provider gave no id token"));
        JsonObject claims =
                idTokens.check(
                        idToken, openId, provider.source(), List.of(provider.client().id()), now);
        boolean known = claims.findText("nonce").isPresent();
        if ((provider.rules().nonce() == Nonce.CHECKED || known)
                && !same(claims.findText("nonce").orElse(""), nonce)) {
            throw SocialFailure.badToken("the id token was asked for by somebody else");
        }
        IdTokens.requireHash(claims, access, idToken);
        return profile(provider, openId, withUserInfo(provider, openId, claims, access));
    }

    /// Some tell the address at the endpoint alone (Core, 5.3), which must speak of the same
    /// person. What the id token says, it says.
    private JsonObject withUserInfo(
            Provider provider, OpenId openId, JsonObject claims, String access)
            throws FetchFailed, SocialFailure {
        Optional<String> endpoint =
                Metadata.find(openId, documents, provider.source()).find("userinfo_endpoint");
        if (claims.findText("email").isPresent() || endpoint.isEmpty() || access.isEmpty()) {
            return claims;
        }
        JsonObject told = Profiles.object(api(provider, endpoint.get(), access));
        if (!told.findText("sub").equals(claims.findText("sub"))) {
            throw SocialFailure.badAnswer("the provider tells of somebody else");
        }
        JsonObjectBuilder all = new JsonObjectBuilder();
        told.members().forEach(all::put);
        claims.members().forEach(all::put);
        return all.build();
    }

    private static Profile profile(Provider provider, OpenId openId, JsonObject claims)
            throws SocialFailure {
        boolean vouched =
                provider.rules().email() == Trust.XMS_EDOV
                        ? Profiles.isTrue(claims, "xms_edov")
                        : Profiles.isTrue(claims, "email_verified");
        return Profiles.claims(
                claims.findText("iss").orElse(openId.issuer()), claims, EmailStatus.of(vouched));
    }

    private JsonValue api(Provider provider, String url, String access) throws FetchFailed {
        Answer answer =
                fetcher.get(
                        url,
                        provider.source(),
                        Map.of(
                                "Authorization",
                                "Bearer " + access,
                                "Accept",
                                "application/json",
                                "User-Agent",
                                "Ashlar"));
        if (!answer.isGood()) {
            throw new FetchFailed(
                    FetchFailed.Kind.BAD_ANSWER, "the provider's API said " + answer.status());
        }
        return answer.json();
    }

    private JsonObject tokens(Provider provider, String url, Map<String, String> fields)
            throws FetchFailed, SocialFailure {
        Client client = provider.client();
        String secret = client.secret().map(Secret::reveal).orElse("");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        headers.put("User-Agent", "Ashlar");
        if (client.by() == Authentication.IN_BODY) {
            fields.put("client_id", client.id());
            if (!secret.isEmpty()) {
                fields.put("client_secret", secret);
            }
        } else {
            // Both are encoded first (RFC 6749, 2.3.1).
            String login = encode(client.id()) + ":" + encode(secret);
            headers.put(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        Answer answer =
                client.by() == Authentication.BASIC_WITH_JSON
                        ? fetcher.post(url, provider.source(), headers, json(fields))
                        : fetcher.post(url, provider.source(), headers, fields);
        JsonObject tokens = answer.isGood() ? answer.object() : JsonObject.EMPTY;
        boolean refused = !answer.isGood() || tokens.findText("error").isPresent();
        // It becomes part of a header, and its characters are these (RFC 6749, A.12).
        boolean readable =
                tokens.findText("access_token")
                        .filter(text -> TOKEN.matcher(text).matches())
                        .isPresent();
        if (refused || !readable) {
            throw SocialFailure.badAnswer("Unable to exchange external code");
        }
        return tokens;
    }

    private static String scopes(Provider provider, String wanted) {
        List<String> scopes = new ArrayList<>(provider.asking().scopes());
        if (wanted.length() <= MAX_SCOPES_CHARS) {
            for (String scope : wanted.split("[ ,]+")) {
                if (!scope.isEmpty() && !scopes.contains(scope)) {
                    scopes.add(scope);
                }
            }
        }
        return String.join(" ", scopes);
    }

    private static JsonObject json(Map<String, String> fields) {
        JsonObjectBuilder json = new JsonObjectBuilder();
        fields.forEach(json::put);
        return json.build();
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String s256(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(verifier));
    }

    private static String sha256Hex(String text) {
        return HexFormat.of().formatHex(sha256(text));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
