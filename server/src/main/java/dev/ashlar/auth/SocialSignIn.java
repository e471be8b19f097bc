package dev.ashlar.auth;

import dev.ashlar.auth.FlowTokens.Kept;
import dev.ashlar.auth.SocialAccounts.Arrival;
import dev.ashlar.auth.SocialAccounts.IdentitySource;
import dev.ashlar.auth.SocialLinks.Linker;
import dev.ashlar.auth.SocialOutcome.FlowKind;
import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.link.FlowState;
import dev.ashlar.auth.link.Flows;
import dev.ashlar.auth.link.RedirectAllowList;
import dev.ashlar.auth.link.RedirectTarget;
import dev.ashlar.auth.outbound.FetchFailed;
import dev.ashlar.auth.session.ProviderTokens;
import dev.ashlar.auth.session.Sessions;
import dev.ashlar.auth.social.OAuthState;
import dev.ashlar.auth.social.OAuthStateStore;
import dev.ashlar.auth.social.Profile;
import dev.ashlar.auth.social.Provider;
import dev.ashlar.auth.social.ProviderClient;
import dev.ashlar.auth.social.ProviderClient.Came;
import dev.ashlar.auth.social.ProviderClient.Visit;
import dev.ashlar.auth.social.Providers;
import dev.ashlar.auth.social.SocialFailure;
import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.identity.Caller;
import dev.ashlar.observe.Log;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.SessionNotFound;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Signing in with foreign providers: people are sent there with a state that is good for one
/// return, and what they come back with is checked before any account is touched.
public final class SocialSignIn {
    private static final Log LOG = Log.of(SocialSignIn.class);

    /// Words of RFC 6749, 4.1.2.1: others are not passed on.
    private static final Set<String> ERRORS =
            Set.of(
                    "access_denied",
                    "invalid_request",
                    "unauthorized_client",
                    "unsupported_response_type",
                    "invalid_scope",
                    "server_error",
                    "temporarily_unavailable");

    private static final int MAX_CHARS = 4_096;
    private static final int MAX_DESCRIPTION_CHARS = 300;

    private final SqlDatabase database;
    private final Providers providers;
    private final ProviderClient client;
    private final OAuthStateStore states = new OAuthStateStore();
    private final SocialAccounts accounts;
    private final Parts parts;
    private final AuthContext context;

    /// What sign-in in general is made of.
    record Parts(
            Sessions sessions,
            Flows flows,
            FlowTokens flowTokens,
            RedirectAllowList redirects,
            SocialLinks links,
            SecretBox box,
            Notices notices) {}

    SocialSignIn(
            SqlDatabase database,
            Providers providers,
            ProviderClient client,
            SocialAccounts accounts,
            Parts parts,
            AuthContext context) {
        this.database = database;
        this.providers = providers;
        this.client = client;
        this.accounts = accounts;
        this.parts = parts;
        this.context = context;
    }

    /// What a client asks for: `scopes` beside the usual, separated by spaces, and `extras`, which
    /// the provider gets as they are.
    public record Start(
            String provider, LinkWish wish, String scopes, Map<String, String> extras) {}

    /// What somebody comes back with. `name` is what some providers tell beside, once; `issuer` who
    /// says to have sent them (RFC 9207).
    public record Return(
            Optional<String> state,
            Optional<String> code,
            Optional<String> error,
            Optional<String> description,
            Optional<String> issuer,
            Optional<String> name) {
        @Override
        public String toString() {
            return "Return[]";
        }
    }

    /// The address of the provider's page.
    public String start(Start start, Visitor visitor) {
        context.limits().code(visitor);
        return begin(start, Optional.empty());
    }

    /// The same for somebody who is signed in and wants to add the identity.
    public String startLinking(Caller caller, Start start, Visitor visitor) {
        parts.links().requireAllowed();
        context.limits().code(visitor);
        return begin(start, Optional.of(parts.links().requireStart(caller, start.wish())));
    }

    private String begin(Start start, Optional<Linker> linking) {
        Provider provider = database.transaction(tx -> providers.require(tx, start.provider()));
        Visit visit = Visit.next();
        String page;
        try {
            page = client.page(provider, visit, start.scopes(), start.extras());
        } catch (FetchFailed | SocialFailure e) {
            LOG.warn("Provider {}: {}", provider.name(), e.getMessage());
            throw new ProblemException(new Refused(ErrorCode.REQUEST_TIMEOUT), e);
        }
        database.transaction(tx -> {
            Instant now = context.now();
            states.deleteOlderThan(tx, now.minus(context.config().social().stateLifetime()));
            Optional<UUID> flow =
                    start.wish()
                            .challenge()
                            .map(challenge ->
                                    parts.flows()
                                            .begin(
                                                    tx,
                                                    linking.map(Linker::account),
                                                    challenge,
                                                    provider.name(),
                                                    "oauth",
                                                    now))
                            .map(FlowState::id);
            String session = linking.map(Linker::session).map(id -> " " + id).orElse("");
            String sealed =
                    parts.box()
                            .seal(
                                    visit.verifier() + " " + visit.nonce() + session,
                                    purpose(visit.state()));
            states.insert(
                    tx,
                    visit.state(),
                    new OAuthState(
                            provider.name(),
                            start.wish().redirectTo(),
                            flow,
                            linking.map(Linker::account),
                            sealed,
                            now));
            return page;
        });
        return page;
    }

    public SocialOutcome comeBack(Return back, Visitor visitor) {
        context.limits().code(visitor);
        if (back.state().isEmpty()) {
            return failed(
                    parts.redirects().site(),
                    FlowKind.IMPLICIT,
                    "invalid_request",
                    ErrorCode.BAD_OAUTH_CALLBACK,
                    "OAuth state parameter missing");
        }
        String state = back.state().get();
        Optional<OAuthState> taken =
                state.length() > MAX_CHARS
                        ? Optional.empty()
                        : database.transaction(tx -> states.take(tx, state));
        Instant now = context.now();
        RedirectTarget target = parts.redirects().choose(taken.flatMap(OAuthState::redirectTo));
        FlowKind kind =
                taken.flatMap(OAuthState::flow).isPresent() ? FlowKind.PKCE : FlowKind.IMPLICIT;
        Optional<OAuthState> running =
                taken.filter(found ->
                        now.isBefore(
                                found.createdAt().plus(context.config().social().stateLifetime())));
        Optional<Begun> begun = running.flatMap(found -> open(state, found));
        if (begun.isEmpty()) {
            return failed(
                    target,
                    kind,
                    "invalid_request",
                    ErrorCode.BAD_OAUTH_STATE,
                    "OAuth state is invalid, was used before or has expired");
        }
        if (back.error().isPresent()) {
            return refusedThere(target, kind, back);
        }
        try {
            return arrived(begun.get(), back, target, visitor);
        } catch (SocialFailure e) {
            LOG.info("Sign-in with {}: {}", begun.get().row().provider(), e.getMessage());
            return failed(target, kind, e.error(), e.code(), String.valueOf(e.getMessage()));
        } catch (FetchFailed e) {
            LOG.warn("Provider {}: {}", begun.get().row().provider(), e.getMessage());
            return failed(
                    target,
                    kind,
                    "server_error",
                    ErrorCode.REQUEST_TIMEOUT,
                    "The provider cannot be reached at the moment");
        } catch (ProblemException e) {
            if (e.problem() instanceof AuthProblem problem) {
                return refused(target, kind, problem);
            }
            throw e;
        }
    }

    private static SocialOutcome refusedThere(RedirectTarget target, FlowKind kind, Return back) {
        String error = back.error().filter(ERRORS::contains).orElse("server_error");
        String description =
                back.description()
                        .filter(text -> text.length() <= MAX_DESCRIPTION_CHARS)
                        .orElse("The provider refused the sign-in");
        return failed(target, kind, error, ErrorCode.BAD_OAUTH_CALLBACK, description);
    }

    private SocialOutcome arrived(Begun begun, Return back, RedirectTarget target, Visitor visitor)
            throws FetchFailed, SocialFailure {
        String code =
                back.code()
                        .filter(text -> text.length() <= MAX_CHARS)
                        .orElseThrow(() ->
                                new SocialFailure(
                                        ErrorCode.BAD_OAUTH_CALLBACK,
                                        "invalid_request",
                                        "OAuth callback with missing authorization code"));
        OAuthState state = begun.row();
        Provider provider = database.transaction(tx -> providers.require(tx, state.provider()));
        client.requireIssuer(provider, back.issuer());
        Came came = client.exchange(provider, code, begun.visit(), context.now());
        Profile profile = back.name().map(came.profile()::withName).orElse(came.profile());
        ProviderTokens tokens = new ProviderTokens(came.accessToken(), came.refreshToken());
        FlowKind kind = state.flow().isPresent() ? FlowKind.PKCE : FlowKind.IMPLICIT;
        SocialOutcome outcome =
                database.transaction(tx -> {
                    Instant now = context.now();
                    if (state.linking().isPresent() && state.flow().isPresent()) {
                        return awaitsClient(tx, begun, provider, profile, tokens, target);
                    }
                    Arrival arrival = arrival(tx, begun, provider, profile, visitor, now);
                    return switch (arrival) {
                        case Arrival.Refused(AuthProblem problem) -> refused(target, kind, problem);
                        case Arrival.Admitted(Account account) ->
                                admitted(tx, state, account, tokens, target, visitor);
                    };
                });
        parts.notices().flush();
        return outcome;
    }

    private Arrival arrival(
            SqlTransaction tx,
            Begun begun,
            Provider provider,
            Profile profile,
            Visitor visitor,
            Instant now) {
        OAuthState state = begun.row();
        LinkWish wish = new LinkWish(state.redirectTo(), Optional.empty());
        IdentitySource source = IdentitySource.of(provider);
        return state.linking().isPresent()
                ? parts.links().finish(tx, state.linking().get(), begun.link(profile), visitor, now)
                : accounts.arrive(tx, source, profile, wish, visitor, now);
    }

    /// The identity is added when the code is exchanged.
    private SocialOutcome awaitsClient(
            SqlTransaction tx,
            Begun begun,
            Provider provider,
            Profile profile,
            ProviderTokens tokens,
            RedirectTarget target) {
        Optional<AuthProblem> obstacle =
                accounts.findObstacle(tx, IdentitySource.of(provider), profile);
        if (obstacle.isPresent()) {
            return refused(target, FlowKind.PKCE, obstacle.get());
        }
        UUID account = begun.row().linking().orElseThrow();
        return withCode(
                tx,
                begun.row(),
                account,
                new Kept(tokens, Optional.of(begun.link(profile))),
                target);
    }

    private SocialOutcome admitted(
            SqlTransaction tx,
            OAuthState state,
            Account account,
            ProviderTokens tokens,
            RedirectTarget target,
            Visitor visitor) {
        if (state.flow().isEmpty()) {
            return new SocialOutcome.SignedIn(
                    target,
                    parts.sessions()
                            .start(tx, account, "oauth", visitor, context.now())
                            .with(Optional.of(tokens)));
        }
        return withCode(tx, state, account.id(), new Kept(tokens, Optional.empty()), target);
    }

    private SocialOutcome withCode(
            SqlTransaction tx, OAuthState state, UUID account, Kept kept, RedirectTarget target) {
        UUID flow = state.flow().orElseThrow();
        Optional<String> code = parts.flows().issueCode(tx, flow, account, context.now());
        if (code.isEmpty()) {
            return refused(target, FlowKind.PKCE, new Refused(ErrorCode.FLOW_STATE_NOT_FOUND));
        }
        parts.flows().keep(tx, flow, parts.flowTokens().seal(flow, kept));
        return new SocialOutcome.WithCode(target, code.get());
    }

    /// A visit that may end now. `session` is where whoever adds an identity has started.
    private record Begun(OAuthState row, Visit visit, Optional<UUID> session) {
        PendingLink link(Profile profile) {
            UUID started = session.orElseThrow(() -> new ProblemException(new SessionNotFound()));
            return new PendingLink(row.provider(), started, profile);
        }
    }

    /// Bound to the state that it was sealed for.
    private Optional<Begun> open(String state, OAuthState row) {
        return parts.box()
                .findOpened(row.sealed(), purpose(state))
                .map(text -> text.split(" ", 3))
                .map(words ->
                        new Begun(
                                row,
                                new Visit(state, words[0], words[1]),
                                words.length < 3
                                        ? Optional.empty()
                                        : Optional.of(UUID.fromString(words[2]))));
    }

    private static String purpose(String state) {
        return "oauth_states.sealed " + OneTimeSecret.hash(state);
    }

    private static SocialOutcome refused(
            RedirectTarget target, FlowKind kind, AuthProblem problem) {
        return new SocialOutcome.Refused(target, kind, problem);
    }

    private static SocialOutcome failed(
            RedirectTarget target,
            FlowKind kind,
            String error,
            ErrorCode code,
            String description) {
        return new SocialOutcome.Failed(target, kind, error, code, description);
    }
}
