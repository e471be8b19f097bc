package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Credential;
import dev.ashlar.auth.account.UuidText;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.hook.HookCall;
import dev.ashlar.auth.link.CodeChallenge;
import dev.ashlar.auth.link.CodeChallenge.Method;
import dev.ashlar.auth.provider.AuthorizationCode;
import dev.ashlar.auth.provider.IdTokens;
import dev.ashlar.auth.provider.OAuthClient;
import dev.ashlar.auth.provider.OAuthParameters;
import dev.ashlar.auth.provider.PersonClaims;
import dev.ashlar.auth.provider.ProviderStores;
import dev.ashlar.auth.provider.Scopes;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.auth.session.Delegation;
import dev.ashlar.auth.session.IssuedSession;
import dev.ashlar.auth.session.RefreshTokenSecret;
import dev.ashlar.auth.session.RefreshTokens;
import dev.ashlar.auth.session.RefreshTokens.Rotation;
import dev.ashlar.auth.session.Session;
import dev.ashlar.auth.session.SessionStore;
import dev.ashlar.auth.session.SessionStore.StoredToken;
import dev.ashlar.auth.session.Sessions;
import dev.ashlar.auth.session.SignedIn;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.OAuthRefused;
import dev.ashlar.problem.OAuthError;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What clients do themselves: exchange codes and refresh tokens, ask who somebody is, and give
/// tokens back (RFC 6749, 3.2; OpenID Connect Core, 5.3; RFC 7009).
public final class OAuthTokens {
    private static final String SPENT = "the code is unknown, expired or was used before";
    private static final String NO_TOKEN =
            "the refresh token is unknown, expired or was used before";

    private final SqlDatabase database;
    private final ProviderStores stores;
    private final AccountStore accounts;
    private final SessionParts parts;
    private final BearerCheck bearers;
    private final IdTokens idTokens;
    private final AuthContext context;

    /// What sessions are made with.
    record SessionParts(SessionStore store, Sessions sessions, RefreshTokens refreshTokens) {}

    OAuthTokens(
            SqlDatabase database,
            ProviderStores stores,
            AccountStore accounts,
            SessionParts parts,
            BearerCheck bearers,
            IdTokens idTokens,
            AuthContext context) {
        this.database = database;
        this.stores = stores;
        this.accounts = accounts;
        this.parts = parts;
        this.bearers = bearers;
        this.idTokens = idTokens;
        this.context = context;
    }

    /// How a client says who it is (RFC 6749, 2.3.1); public ones have no secret.
    public record ClientCredentials(String id, Optional<String> secret) {
        @Override
        public String toString() {
            return "ClientCredentials[" + id + "]";
        }
    }

    /// What came of a grant. Both are to be committed: also a code that came with the wrong
    /// verifier is used up.
    public sealed interface Outcome {
        /// `refreshToken` is empty for clients that have not registered to use them.
        record Issued(
                IssuedSession session,
                Optional<String> refreshToken,
                String scope,
                Optional<String> idToken)
                implements Outcome {
            @Override
            public String toString() {
                return "Issued[" + session + "]";
            }
        }

        record Refused(OAuthRefused refusal) implements Outcome {}
    }

    public Outcome grant(
            OAuthParameters parameters, ClientCredentials credentials, Visitor visitor) {
        OAuthClient client = authenticate(credentials, visitor);
        String type = parameters.require("grant_type");
        return switch (type) {
            case "authorization_code" -> {
                String code = parameters.require("code");
                String verifier = parameters.require("code_verifier");
                Optional<String> redirectUri = parameters.find("redirect_uri");
                yield database.transaction(
                        tx -> exchange(tx, client, code, verifier, redirectUri, visitor));
            }
            case "refresh_token" -> {
                if (!client.uses(type)) {
                    throw refusal(
                            OAuthError.UNAUTHORIZED_CLIENT,
                            "this client has not registered for refresh tokens");
                }
                String token = parameters.require("refresh_token");
                Optional<String> scope = parameters.find("scope");
                yield database.transaction(tx -> refresh(tx, client, token, scope, visitor));
            }
            default ->
                    throw refusal(
                            OAuthError.UNSUPPORTED_GRANT_TYPE,
                            "grant_type has to be authorization_code or refresh_token");
        };
    }

    /// Ends the session of a refresh token, or that of an access token whose signature was good and
    /// whose session this is. Tokens that are not this client's are passed over (RFC 7009, 2.2).
    public void revoke(
            String token,
            Optional<UUID> ofAccessToken,
            ClientCredentials credentials,
            Visitor visitor) {
        OAuthClient client = authenticate(credentials, visitor);
        database.transaction(tx -> {
            parts.store()
                    .findToken(tx, RefreshTokenSecret.hash(token))
                    .map(StoredToken::sessionId)
                    .or(() -> ofAccessToken)
                    .flatMap(id -> parts.store().lock(tx, id))
                    .filter(session -> isHeldBy(session, client))
                    .ifPresent(session -> {
                        parts.store().end(tx, session.id());
                        record(
                                tx,
                                Action.OAUTH_TOKEN_REVOKED,
                                session.accountId(),
                                client,
                                visitor);
                    });
            return token;
        });
    }

    /// What the scopes of the token let its client know about the person.
    public JsonObject userInfo(Caller caller) {
        ProviderUseCases.requireEnabled(context);
        SignedIn person = database.transaction(tx -> bearers.requireBearer(tx, caller));
        // A refresh may have asked for less than the session has.
        String claimed = caller.claims().values().findText("scope").orElse("");
        Delegation delegation =
                person.session()
                        .flatMap(Session::delegation)
                        .map(given -> given.withScope(Scopes.common(given.scope(), claimed)))
                        .filter(given -> given.covers("openid"))
                        .orElseThrow(() ->
                                refusal(
                                        OAuthError.INSUFFICIENT_SCOPE,
                                        "the token does not have the scope openid"));
        JsonObjectBuilder claims = new JsonObjectBuilder();
        PersonClaims.put(claims, person.account(), delegation.scope());
        return claims.build();
    }

    private OAuthClient authenticate(ClientCredentials credentials, Visitor visitor) {
        ProviderUseCases.requireEnabled(context);
        context.limits().refresh(visitor);
        Optional<OAuthClient> client =
                UuidText.find(credentials.id())
                        .flatMap(id -> database.transaction(tx -> stores.clients().find(tx, id)));
        boolean good =
                credentials.secret().isPresent()
                        ? OAuthClient.isSecretOf(client, credentials.secret().get())
                        : client.filter(found -> found.metadata().isPublic()).isPresent();
        if (!good) {
            throw refusal(
                    OAuthError.INVALID_CLIENT, "the client is unknown or its secret is wrong");
        }
        return client.orElseThrow();
    }

    private Outcome exchange(
            SqlTransaction tx,
            OAuthClient client,
            String code,
            String verifier,
            Optional<String> redirectUri,
            Visitor visitor) {
        Instant now = context.now();
        Optional<AuthorizationCode> found =
                stores.codes().find(tx, code).filter(c -> c.clientId().equals(client.id()));
        if (found.isEmpty()) {
            return refused(SPENT);
        }
        AuthorizationCode content = found.get();
        // Before the code: whoever takes a grant back holds this lock while codes are deleted.
        Optional<Account> account =
                accounts.findToChange(tx, content.accountId())
                        .map(Credential::account)
                        .filter(known -> !known.isDeleted() && !known.isBannedAt(now));
        UUID id = HookCall.freshId(tx);
        if (!stores.codes().take(tx, code, id, now)) {
            replayed(tx, client, content, code, visitor);
            return refused(SPENT);
        }
        if (!now.isBefore(content.expiresAt()) || account.isEmpty()) {
            return refused(SPENT);
        }
        if (redirectUri.filter(uri -> !uri.equals(content.redirectUri())).isPresent()) {
            return refused("redirect_uri is not the one that the code was asked for with");
        }
        if (!new CodeChallenge(Method.S256, content.challenge()).isMetBy(verifier)) {
            return refused("code_verifier does not fit the code_challenge");
        }
        Delegation delegation = new Delegation(client.id(), content.scope(), content.resource());
        Session session =
                new Session(
                                id,
                                content.accountId(),
                                now,
                                null,
                                null,
                                content.level(),
                                content.methods())
                        .delegated(delegation);
        IssuedSession issued = parts.sessions().delegate(tx, account.get(), session, visitor, now);
        record(tx, Action.OAUTH_CODE_EXCHANGED, content.accountId(), client, visitor);
        return issued(client, issued, session, delegation, content.nonce(), now);
    }

    /// Two have the code, and one of them stole it: what the first was given ends (RFC 6749,
    /// 4.1.2).
    private void replayed(
            SqlTransaction tx,
            OAuthClient client,
            AuthorizationCode content,
            String code,
            Visitor visitor) {
        Optional<UUID> session = stores.codes().findSession(tx, code);
        if (session.isEmpty()) {
            return;
        }
        parts.store().revokeFamily(tx, session.get(), context.now());
        record(tx, Action.OAUTH_CODE_REPLAYED, content.accountId(), client, visitor);
    }

    private Outcome refresh(
            SqlTransaction tx,
            OAuthClient client,
            String token,
            Optional<String> scope,
            Visitor visitor) {
        Instant now = context.now();
        return switch (parts.refreshTokens().rotate(tx, token, client.id(), now)) {
            case Rotation.Refused _ -> refused(NO_TOKEN);
            case Rotation.Replayed(Session session) -> {
                record(tx, Action.TOKEN_REUSED, session.accountId(), client, visitor);
                yield refused(NO_TOKEN);
            }
            case Rotation.Rotated(Session session, String next) ->
                    continued(tx, client, session, next, scope, visitor);
        };
    }

    private Outcome continued(
            SqlTransaction tx,
            OAuthClient client,
            Session session,
            String token,
            Optional<String> scope,
            Visitor visitor) {
        Instant now = context.now();
        Optional<Account> account =
                accounts.find(tx, session.accountId())
                        .map(Credential::account)
                        .filter(known -> !known.isDeleted() && !known.isBannedAt(now));
        if (account.isEmpty()) {
            return refused(NO_TOKEN);
        }
        Delegation given = session.delegation().orElseThrow();
        Delegation asked = scope.map(words -> narrowed(given, words)).orElse(given);
        IssuedSession issued =
                parts.sessions()
                        .continued(
                                tx,
                                account.get(),
                                new Rotation.Rotated(session.delegated(asked), token),
                                now);
        record(tx, Action.REFRESHED, session.accountId(), client, visitor);
        return issued(client, issued, session, asked, Optional.empty(), now);
    }

    /// For this access token alone; the next refresh may ask for all again (RFC 6749, 6).
    private static Delegation narrowed(Delegation given, String words) {
        String known = Scopes.known(words);
        if (known.isEmpty() || !Scopes.covers(given.scope(), words)) {
            // Thrown, so that the token is not used up.
            throw refusal(OAuthError.INVALID_SCOPE, "scope is more than was granted");
        }
        return given.withScope(known);
    }

    private Outcome issued(
            OAuthClient client,
            IssuedSession issued,
            Session session,
            Delegation delegation,
            Optional<String> nonce,
            Instant now) {
        Optional<String> idToken =
                delegation.covers("openid")
                        ? Optional.of(
                                idTokens.issue(
                                        issued.account(),
                                        session,
                                        delegation,
                                        nonce,
                                        issued.accessToken(),
                                        now))
                        : Optional.empty();
        Optional<String> refreshToken =
                client.uses("refresh_token")
                        ? Optional.of(issued.refreshToken())
                        : Optional.empty();
        return new Outcome.Issued(issued, refreshToken, delegation.scope(), idToken);
    }

    private static boolean isHeldBy(Session session, OAuthClient client) {
        return session.delegation().map(Delegation::clientId).equals(Optional.of(client.id()));
    }

    private void record(
            SqlTransaction tx, Action action, UUID account, OAuthClient client, Visitor visitor) {
        accounts.find(tx, account)
                .map(Credential::account)
                .ifPresent(known ->
                        context.audit()
                                .recordAbout(
                                        tx,
                                        action,
                                        known,
                                        client.id().toString(),
                                        visitor,
                                        context.now()));
    }

    private static Outcome refused(String message) {
        return new Outcome.Refused(new OAuthRefused(OAuthError.INVALID_GRANT, message));
    }

    private static ProblemException refusal(OAuthError error, String message) {
        return new ProblemException(new OAuthRefused(error, message));
    }
}
