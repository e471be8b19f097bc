package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.UuidText;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.OAuthServerConfig;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.link.RedirectAllowList;
import dev.ashlar.auth.link.RedirectTarget;
import dev.ashlar.auth.link.RegisteredRedirects;
import dev.ashlar.auth.provider.Authorization;
import dev.ashlar.auth.provider.Authorization.Status;
import dev.ashlar.auth.provider.AuthorizationCode;
import dev.ashlar.auth.provider.AuthorizationRequest;
import dev.ashlar.auth.provider.AuthorizationRequest.Prompt;
import dev.ashlar.auth.provider.AuthorizationStore;
import dev.ashlar.auth.provider.CodeStore;
import dev.ashlar.auth.provider.ConsentStore;
import dev.ashlar.auth.provider.OAuthClient;
import dev.ashlar.auth.provider.OAuthClient.Registration;
import dev.ashlar.auth.provider.OAuthParameters;
import dev.ashlar.auth.provider.ProviderLimits;
import dev.ashlar.auth.provider.ProviderStores;
import dev.ashlar.auth.provider.Scopes;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.auth.session.Session;
import dev.ashlar.auth.session.SignedIn;
import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.problem.AuthProblem.OAuthRefused;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.SessionNotFound;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.OAuthError;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Clients ask, people decide: the authorization endpoint and the consent behind it (OAuth 2.1,
/// 4.1).
public final class OAuthAuthorizations {
    private final SqlDatabase database;
    private final ProviderStores stores;
    private final BearerCheck bearers;
    private final RedirectAllowList pages;
    private final ProviderLimits limits;
    private final AuthContext context;

    OAuthAuthorizations(
            SqlDatabase database,
            ProviderStores stores,
            BearerCheck bearers,
            RedirectAllowList pages,
            ProviderLimits limits,
            AuthContext context) {
        this.database = database;
        this.stores = stores;
        this.bearers = bearers;
        this.pages = pages;
        this.limits = limits;
        this.context = context;
    }

    /// Where things stand with a request.
    public sealed interface Progress {
        /// Somebody has to look at it, on the page of the application.
        record AwaitsPerson(String url) implements Progress {}

        /// This person has to decide.
        record AwaitsDecision(
                String id, AuthorizationRequest request, OAuthClient client, Account account)
                implements Progress {}

        /// The browser takes the code to the client.
        record Approved(RedirectTarget target, String code, Optional<String> state)
                implements Progress {}

        /// The browser tells the client of it.
        record Declined(RedirectTarget target, OAuthRefused refusal, Optional<String> state)
                implements Progress {}
    }

    /// What a person answers.
    public enum Decision {
        APPROVE,
        DENY
    }

    /// A browser comes from a client. Throws for an unknown client or address: the browser is then
    /// sent nowhere.
    public Progress begin(OAuthParameters parameters, Visitor visitor) {
        ProviderUseCases.requireEnabled(context);
        limits.authorization(visitor);
        OAuthServerConfig config = context.config().oauthServer();
        OAuthClient client =
                UuidText.find(parameters.require("client_id"))
                        .flatMap(id -> database.transaction(tx -> stores.clients().find(tx, id)))
                        .orElseThrow(() -> refused(ErrorCode.OAUTH_CLIENT_NOT_FOUND));
        String redirectUri = parameters.require("redirect_uri");
        RedirectTarget target =
                client.redirects()
                        .find(redirectUri)
                        .orElseThrow(() ->
                                new ProblemException(
                                        new ValidationFailed(
                                                "redirect_uri is not registered for this"
                                                        + " client")));
        AuthorizationRequest request;
        try {
            request =
                    AuthorizationRequest.parse(
                            parameters, redirectUri, client, config, context.apiUrl());
        } catch (ProblemException e) {
            if (e.problem() instanceof OAuthRefused refusal && isTrusted(client, redirectUri)) {
                Optional<String> state =
                        parameters.isRepeated("state")
                                ? Optional.empty()
                                : parameters.find("state");
                return new Progress.Declined(target, refusal, state);
            }
            throw e;
        }
        String id = OneTimeSecret.next();
        Instant now = context.now();
        Authorization authorization =
                new Authorization(
                        client.id(),
                        Optional.empty(),
                        Status.PENDING,
                        request,
                        now,
                        now.plus(config.authorizationLifetime()));
        database.transaction(tx -> {
            stores.authorizations().insert(tx, id, authorization);
            return id;
        });
        return new Progress.AwaitsPerson(
                pages.page(config.authorizationPath()).withQuery(Map.of("authorization_id", id)));
    }

    /// Whether a browser may be sent there although nobody has looked yet. Anybody can register an
    /// address, and make a faulty link that leads over ours to it (RFC 9700, 4.11.2).
    private static boolean isTrusted(OAuthClient client, String redirectUri) {
        return client.registration() == Registration.MANUAL
                || RegisteredRedirects.isOnOwnMachine(redirectUri);
    }

    /// Somebody looks at a request, and from then on it is theirs. Answered at once where they have
    /// agreed to as much before.
    public Progress consider(Caller caller, String id, Visitor visitor) {
        ProviderUseCases.requireEnabled(context);
        return database.transaction(tx -> {
            SignedIn person = bearers.requireSignedIn(tx, caller);
            Pending pending = pickUp(tx, person, id);
            return isAgreedAlready(tx, pending)
                    ? approve(tx, person, pending, visitor)
                    : new Progress.AwaitsDecision(
                            id,
                            pending.authorization().request(),
                            pending.client(),
                            person.account());
        });
    }

    /// One decision counts, the first.
    public Progress decide(Caller caller, String id, Decision decision, Visitor visitor) {
        ProviderUseCases.requireEnabled(context);
        return database.transaction(tx -> {
            SignedIn person = bearers.requireSignedIn(tx, caller);
            Pending pending = pickUp(tx, person, id);
            return switch (decision) {
                case APPROVE -> approve(tx, person, pending, visitor);
                case DENY -> deny(tx, pending, visitor);
            };
        });
    }

    /// A request that this person may decide, locked.
    private record Pending(
            String id,
            Authorization authorization,
            OAuthClient client,
            RedirectTarget target,
            Account account,
            Session session) {}

    private Pending pickUp(SqlTransaction tx, SignedIn person, String id) {
        Session session =
                person.session().orElseThrow(() -> new ProblemException(new SessionNotFound()));
        UUID account = person.account().id();
        AuthorizationStore store = stores.authorizations();
        Authorization authorization =
                store.lock(tx, id)
                        .filter(found -> found.account().orElse(account).equals(account))
                        .orElseThrow(() -> refused(ErrorCode.OAUTH_AUTHORIZATION_NOT_FOUND));
        Instant now = context.now();
        OAuthClient client =
                stores.clients()
                        .find(tx, authorization.clientId())
                        .orElseThrow(() -> refused(ErrorCode.OAUTH_CLIENT_NOT_FOUND));
        // The client's addresses may have changed since.
        Optional<RedirectTarget> target =
                client.redirects().find(authorization.request().redirectUri());
        if (!authorization.isOpenAt(now) || target.isEmpty()) {
            throw refused(ErrorCode.OAUTH_INVALID_STATE);
        }
        if (authorization
                .request()
                .needsSignIn(session.authenticatedAt(), authorization.createdAt())) {
            throw refused(ErrorCode.REAUTHENTICATION_NEEDED);
        }
        if (authorization.account().isEmpty()) {
            store.bind(tx, id, account);
        }
        return new Pending(id, authorization, client, target.get(), person.account(), session);
    }

    /// Never where another program may be at the address (RFC 8252, 8.6), nor for another server:
    /// what was agreed to was scopes here.
    private boolean isAgreedAlready(SqlTransaction tx, Pending pending) {
        AuthorizationRequest request = pending.authorization().request();
        ConsentStore consents = stores.consents();
        return !request.prompts().contains(Prompt.CONSENT)
                && !request.prompts().contains(Prompt.SELECT_ACCOUNT)
                && request.resource().isEmpty()
                && (!pending.client().metadata().isPublic()
                        || RegisteredRedirects.isOwned(request.redirectUri()))
                && consents.findScope(tx, pending.account().id(), pending.client().id())
                        .filter(granted -> Scopes.covers(granted, request.scope()))
                        .isPresent();
    }

    /// A client's session outlives the one in which somebody agreed: whoever has only the first of
    /// two factors does not give the account away.
    private Progress approve(SqlTransaction tx, SignedIn person, Pending pending, Visitor visitor) {
        person.requireAssured();
        requireFirst(tx, pending, Status.APPROVED);
        Instant now = context.now();
        AuthorizationRequest request = pending.authorization().request();
        UUID account = pending.account().id();
        UUID client = pending.client().id();
        ConsentStore consents = stores.consents();
        String before = consents.findScope(tx, account, client).orElse("");
        if (!Scopes.covers(before, request.scope()) || before.isEmpty()) {
            consents.put(tx, account, client, Scopes.union(before, request.scope()), now);
        }
        String code = OneTimeSecret.next();
        CodeStore codes = stores.codes();
        codes.insert(
                tx,
                code,
                new AuthorizationCode(
                        client,
                        account,
                        request.redirectUri(),
                        request.scope(),
                        request.nonce(),
                        request.resource(),
                        request.challenge(),
                        pending.session().level(),
                        pending.session().methods(),
                        now.plus(context.config().oauthServer().codeLifetime())));
        record(tx, Action.OAUTH_CONSENT_GIVEN, pending, visitor);
        return new Progress.Approved(pending.target(), code, request.state());
    }

    private Progress deny(SqlTransaction tx, Pending pending, Visitor visitor) {
        requireFirst(tx, pending, Status.DENIED);
        record(tx, Action.OAUTH_CONSENT_DENIED, pending, visitor);
        return new Progress.Declined(
                pending.target(),
                new OAuthRefused(OAuthError.ACCESS_DENIED, "the person has denied the request"),
                pending.authorization().request().state());
    }

    private void requireFirst(SqlTransaction tx, Pending pending, Status decision) {
        if (!stores.authorizations().decide(tx, pending.id(), decision)) {
            throw refused(ErrorCode.OAUTH_INVALID_STATE);
        }
    }

    private void record(SqlTransaction tx, Action action, Pending pending, Visitor visitor) {
        context.audit()
                .recordAbout(
                        tx,
                        action,
                        pending.account(),
                        pending.client().id().toString(),
                        visitor,
                        context.now());
    }

    private static ProblemException refused(ErrorCode code) {
        return new ProblemException(new Refused(code));
    }
}
