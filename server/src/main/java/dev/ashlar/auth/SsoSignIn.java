package dev.ashlar.auth;

import dev.ashlar.auth.SocialAccounts.Arrival;
import dev.ashlar.auth.SocialOutcome.FlowKind;
import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.UuidText;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.SamlConfig;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.link.FlowState;
import dev.ashlar.auth.link.Flows;
import dev.ashlar.auth.link.RedirectAllowList;
import dev.ashlar.auth.link.RedirectTarget;
import dev.ashlar.auth.saml.Assertion;
import dev.ashlar.auth.saml.AssertionStore;
import dev.ashlar.auth.saml.AttributeMapping;
import dev.ashlar.auth.saml.Expected;
import dev.ashlar.auth.saml.IdpMetadata;
import dev.ashlar.auth.saml.RelayState;
import dev.ashlar.auth.saml.RelayStateStore;
import dev.ashlar.auth.saml.SamlFailure;
import dev.ashlar.auth.saml.SamlResponse;
import dev.ashlar.auth.saml.ServiceProvider;
import dev.ashlar.auth.saml.SsoProfile;
import dev.ashlar.auth.saml.SsoProvider;
import dev.ashlar.auth.saml.SsoProviderStore;
import dev.ashlar.auth.session.AuthenticationMethod;
import dev.ashlar.auth.session.Sessions;
import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.observe.Log;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Signing in by an organisation's identity provider, with SAML 2.0's web browser profile: people
/// are sent there with a request, and post back an answer, which is checked before any account is
/// touched.
public final class SsoSignIn {
    private static final Log LOG = Log.of(SsoSignIn.class);

    private final SqlDatabase database;
    private final SsoProviderStore providers;
    private final SsoMetadata metadata;
    private final SsoAccounts accounts;
    private final RelayStateStore states = new RelayStateStore();
    private final AssertionStore assertions = new AssertionStore();
    private final Parts parts;
    private final AuthContext context;
    private final SamlConfig config;

    /// What sign-in in general is made of; `self` is who asks.
    record Parts(
            ServiceProvider self, Sessions sessions, Flows flows, RedirectAllowList redirects) {}

    SsoSignIn(
            SqlDatabase database,
            SsoProviderStore providers,
            SsoMetadata metadata,
            SsoAccounts accounts,
            Parts parts,
            AuthContext context) {
        this.database = database;
        this.providers = providers;
        this.metadata = metadata;
        this.accounts = accounts;
        this.parts = parts;
        this.context = context;
        this.config = context.config().saml();
    }

    /// By whom: the id of a provider, or a domain of its people.
    public record Start(Optional<String> providerId, Optional<String> domain, LinkWish wish) {}

    /// The fields of the form that a browser brings.
    public record Answer(Optional<String> response, Optional<String> relayState) {
        @Override
        public String toString() {
            return "Answer[]";
        }
    }

    /// What an answer is to. `provider` and `requestId` are empty when nobody has asked.
    private record Visit(
            RedirectTarget target,
            Optional<UUID> flow,
            Optional<UUID> provider,
            Optional<String> requestId) {
        FlowKind kind() {
            return flow.isPresent() ? FlowKind.PKCE : FlowKind.IMPLICIT;
        }
    }

    /// What is known when an answer was found good.
    private record Proved(SsoProvider provider, Assertion assertion, SsoProfile profile) {}

    /// Our own metadata, for identity providers.
    public String metadata() {
        requireEnabled();
        return parts.self().metadata();
    }

    /// The address of the identity provider's page.
    public String start(Start start, Visitor visitor) {
        requireEnabled();
        context.limits().code(visitor);
        SsoProvider provider = metadata.fresh(wanted(start));
        IdpMetadata idp = usable(provider);
        String requestId = "_" + OneTimeSecret.hash(OneTimeSecret.next());
        UUID state = UUID.randomUUID();
        return database.transaction(tx -> {
            Instant now = context.now();
            states.deleteOlderThan(tx, now.minus(config.stateLifetime().multipliedBy(2)));
            Optional<UUID> flow =
                    start.wish()
                            .challenge()
                            .map(challenge ->
                                    parts.flows()
                                            .begin(
                                                    tx,
                                                    Optional.empty(),
                                                    challenge,
                                                    provider.name(),
                                                    AuthenticationMethod.SAML,
                                                    now))
                            .map(FlowState::id);
            states.insert(
                    tx,
                    new RelayState(
                            state, provider.id(), requestId, start.wish().redirectTo(), flow, now));
            return parts.self()
                    .signInUrl(
                            idp, requestId, provider.saml().nameIdFormat(), state.toString(), now);
        });
    }

    private SsoProvider wanted(Start start) {
        if (start.providerId().isPresent() == start.domain().isPresent()) {
            throw new ProblemException(
                    new ValidationFailed("Either provider_id or domain must be given"));
        }
        Optional<UUID> id = start.providerId().flatMap(UuidText::find);
        return database.transaction(tx ->
                        id.flatMap(known -> providers.find(tx, known))
                                .or(() ->
                                        start.domain()
                                                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                                                .flatMap(name -> providers.findByDomain(tx, name))))
                .filter(SsoProvider::isEnabled)
                .orElseThrow(
                        () -> new ProblemException(new Refused(ErrorCode.SSO_PROVIDER_NOT_FOUND)));
    }

    private IdpMetadata usable(SsoProvider provider) {
        try {
            return current(provider);
        } catch (SamlFailure e) {
            LOG.warn("Metadata of {}: {}", provider.name(), e.getMessage());
            throw new ProblemException(
                    new ValidationFailed(
                            "The metadata of the identity provider cannot be used: "
                                    + e.getMessage()),
                    e);
        }
    }

    private IdpMetadata current(SsoProvider provider) throws SamlFailure {
        IdpMetadata idp = IdpMetadata.parse(provider.saml().metadataXml());
        idp.requireValidAt(context.now());
        return idp;
    }

    /// A state is used up whatever comes with it.
    public SocialOutcome comeBack(Answer answer, Visitor visitor) {
        requireEnabled();
        context.limits().code(visitor);
        Optional<UUID> id = answer.relayState().flatMap(UuidText::find);
        if (id.isEmpty()) {
            return unasked(answer, visitor);
        }
        Optional<RelayState> taken = database.transaction(tx -> states.take(tx, id.get()));
        if (taken.isEmpty()) {
            return failed(
                    atSite(), ErrorCode.SAML_RELAY_STATE_NOT_FOUND, "The sign-in is not known");
        }
        RelayState state = taken.get();
        Visit visit =
                new Visit(
                        parts.redirects().choose(state.redirectTo()),
                        state.flow(),
                        Optional.of(state.provider()),
                        Optional.of(state.requestId()));
        if (!context.now().isBefore(state.createdAt().plus(config.stateLifetime()))) {
            return failed(
                    visit, ErrorCode.SAML_RELAY_STATE_EXPIRED, "The sign-in has taken too long");
        }
        return arrived(visit, answer, visitor);
    }

    /// Begun at the identity provider: the state, if any, is a page of ours.
    private SocialOutcome unasked(Answer answer, Visitor visitor) {
        if (!config.allowIdpInitiated()) {
            return failed(
                    atSite(),
                    ErrorCode.SAML_RELAY_STATE_NOT_FOUND,
                    "Sign-ins must begin at the application");
        }
        RedirectTarget target = parts.redirects().choose(answer.relayState());
        return arrived(
                new Visit(target, Optional.empty(), Optional.empty(), Optional.empty()),
                answer,
                visitor);
    }

    private Visit atSite() {
        return new Visit(
                parts.redirects().site(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private SocialOutcome arrived(Visit visit, Answer answer, Visitor visitor) {
        try {
            Proved proved = proved(visit, SamlResponse.parse(answer.response().orElse("")));
            return database.transaction(tx -> admitted(tx, visit, proved, visitor));
        } catch (SamlFailure e) {
            LOG.info("Single sign-on: {}", e.getMessage());
            return failed(visit, e.code(), "SAML response is not valid: " + e.getMessage());
        } catch (ProblemException e) {
            if (e.problem() instanceof AuthProblem problem) {
                return refused(visit, problem);
            }
            throw e;
        }
    }

    private Proved proved(Visit visit, SamlResponse response) throws SamlFailure {
        SsoProvider provider = provider(visit, response);
        Assertion assertion;
        try {
            assertion = verified(visit, provider, response);
        } catch (SamlFailure e) {
            Optional<SsoProvider> changed =
                    e.kind() == SamlFailure.Kind.REFRESHABLE
                            ? metadata.changed(provider)
                            : Optional.empty();
            if (changed.isEmpty()) {
                throw e;
            }
            provider = changed.get();
            assertion = verified(visit, provider, response);
        }
        AttributeMapping mapping = AttributeMapping.parse(provider.saml().attributeMapping());
        return new Proved(
                provider, assertion, SsoProfile.of(assertion, mapping, provider.saml().entityId()));
    }

    private SsoProvider provider(Visit visit, SamlResponse response) throws SamlFailure {
        Optional<String> issuer = response.claimedIssuer();
        return database.transaction(tx ->
                        visit.provider().isPresent()
                                ? providers.find(tx, visit.provider().get())
                                : issuer.flatMap(name -> providers.findByEntityId(tx, name)))
                .filter(SsoProvider::isEnabled)
                .orElseThrow(() ->
                        new SamlFailure(
                                ErrorCode.SAML_IDP_NOT_FOUND,
                                "the identity provider is not known here"));
    }

    private Assertion verified(Visit visit, SsoProvider provider, SamlResponse response)
            throws SamlFailure {
        IdpMetadata idp = current(provider);
        return response.verified(
                new Expected(
                        idp.entityId(),
                        idp.keys(),
                        parts.self().entityId(),
                        parts.self().answersTo(),
                        visit.requestId(),
                        context.now(),
                        config.clockSkew()));
    }

    private SocialOutcome admitted(SqlTransaction tx, Visit visit, Proved proved, Visitor visitor) {
        Instant now = context.now();
        assertions.deleteExpired(tx, now);
        if (!assertions.accept(tx, proved.provider().saml().entityId(), proved.assertion())) {
            return failed(
                    visit,
                    ErrorCode.VALIDATION_FAILED,
                    "SAML response is not valid: it was used before");
        }
        Arrival arrival = accounts.arrive(tx, proved.provider(), proved.profile(), visitor, now);
        return switch (arrival) {
            case Arrival.Refused(AuthProblem problem) -> refused(visit, problem);
            case Arrival.Admitted(Account account) ->
                    signedIn(tx, visit, account, proved.assertion().sessionEnd(), visitor, now);
        };
    }

    private SocialOutcome signedIn(
            SqlTransaction tx,
            Visit visit,
            Account account,
            Optional<Instant> end,
            Visitor visitor,
            Instant now) {
        if (visit.flow().isEmpty()) {
            return new SocialOutcome.SignedIn(
                    visit.target(),
                    parts.sessions()
                            .startUntil(tx, account, AuthenticationMethod.SAML, end, visitor, now));
        }
        UUID flow = visit.flow().get();
        Optional<String> code = parts.flows().issueCode(tx, flow, account.id(), now);
        if (code.isEmpty()) {
            return refused(visit, new Refused(ErrorCode.FLOW_STATE_NOT_FOUND));
        }
        end.ifPresent(at -> parts.flows().endSessionAt(tx, flow, at));
        return new SocialOutcome.WithCode(visit.target(), code.get());
    }

    private void requireEnabled() {
        if (!config.enabled()) {
            throw new ProblemException(new Refused(ErrorCode.SAML_PROVIDER_DISABLED));
        }
    }

    private static SocialOutcome refused(Visit visit, AuthProblem problem) {
        return new SocialOutcome.Refused(visit.target(), visit.kind(), problem);
    }

    private static SocialOutcome failed(Visit visit, ErrorCode code, String description) {
        return new SocialOutcome.Failed(
                visit.target(), visit.kind(), "access_denied", code, description);
    }
}
