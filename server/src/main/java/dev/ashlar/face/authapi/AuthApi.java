package dev.ashlar.face.authapi;

import dev.ashlar.auth.AuthDomain;
import dev.ashlar.auth.config.CookiesConfig;
import dev.ashlar.auth.token.TokenVerifier;
import dev.ashlar.face.authapi.VerifyEndpoints.LinkPage;
import dev.ashlar.http.BlockingCalls;
import dev.ashlar.http.HttpHandler;
import dev.ashlar.http.ProblemRenderer;
import dev.ashlar.http.Routes;
import java.util.List;

/// The route table of the sign-in API, to be mounted at `/auth/v1`.
public final class AuthApi {
    /// Words every problem under the mount.
    public static final ProblemRenderer RENDERER = new AuthProblemRenderer();

    private final CookieGate gate;
    private final CookieEndpoints cookies;
    private final SignInEndpoints signIn;
    private final UserEndpoints user;
    private final AdminEndpoints admin;
    private final CodeEndpoints codes;
    private final VerifyEndpoints verify;
    private final InvitationEndpoints invitations;
    private final SocialEndpoints social;
    private final CustomProviderEndpoints customProviders;
    private final SsoEndpoints sso;
    private final FactorEndpoints factors;
    private final RecoveryEndpoints recovery;
    private final InboxEndpoints inbox;
    private final KeyEndpoints keys;
    private final SessionEndpoints sessions;
    private final AuditEndpoints audit;
    private final ServiceEndpoints service;
    private final PasskeyEndpoints passkeys;
    private final OAuthClientEndpoints oauthClients;
    private final OAuthConsentEndpoints consent;
    private final OAuthTokenEndpoints oauthTokens;
    private final DiscoveryEndpoints discovery;
    private final CaptchaGuard captcha;

    /// `version` is that of the program, as `/health` tells it. `origins` are those of pages that
    /// may call with cookies, beside pages of this origin.
    public AuthApi(
            AuthDomain domain, TokenVerifier verifier, List<String> origins, String version) {
        CookiesConfig cookies = domain.config().cookies();
        this.gate = new CookieGate(domain.cookies(), cookies, origins);
        SessionAnswers answers = new SessionAnswers(gate, cookies);
        BearerToken bearer = new BearerToken(verifier, domain.accounts(), gate);
        this.cookies = new CookieEndpoints(gate, cookies, domain.accounts(), verifier);
        this.social = new SocialEndpoints(domain.social(), bearer, answers);
        this.customProviders = new CustomProviderEndpoints(domain.social().custom(), bearer);
        this.sso = new SsoEndpoints(domain.sso(), bearer);
        this.signIn =
                new SignInEndpoints(
                        domain.signUp(),
                        domain.signIn(),
                        social,
                        new WalletEndpoints(domain.social().wallets(), answers),
                        answers);
        this.user = new UserEndpoints(domain.accounts(), bearer, gate);
        this.admin = new AdminEndpoints(domain.admin(), bearer);
        this.codes = new CodeEndpoints(domain.codeRequests(), bearer);
        this.verify =
                new VerifyEndpoints(
                        domain.verification(),
                        answers,
                        domain.config().mail().linkPage()
                                ? LinkPage.BUTTON_FIRST
                                : LinkPage.AT_ONCE);
        this.invitations = new InvitationEndpoints(domain.invitations(), bearer);
        this.factors = new FactorEndpoints(domain.factors(), bearer, answers);
        this.recovery = new RecoveryEndpoints(domain.factors().recovery(), bearer, answers);
        this.inbox = new InboxEndpoints(domain.messages());
        this.keys = new KeyEndpoints(domain.keys(), domain.keyAdmin(), bearer);
        this.sessions = new SessionEndpoints(domain.sessionAdmin(), bearer);
        this.audit = new AuditEndpoints(domain.auditAdmin(), bearer);
        this.service = new ServiceEndpoints(domain.config(), version);
        this.passkeys = new PasskeyEndpoints(domain.passkeys(), bearer, answers);
        this.oauthClients = new OAuthClientEndpoints(domain.provider().clients(), bearer);
        this.consent = new OAuthConsentEndpoints(domain.provider(), bearer);
        this.oauthTokens = new OAuthTokenEndpoints(domain.provider(), verifier, bearer);
        this.discovery = new DiscoveryEndpoints(domain.provider(), domain.keys());
        this.captcha = new CaptchaGuard(domain.captcha(), domain.accounts(), verifier);
    }

    public HttpHandler handler(BlockingCalls blocking) {
        Routes.Builder routes = Routes.builder(RENDERER, blocking);
        provider(routes);
        afterCaptcha(routes);
        singleSignOn(routes);
        HttpHandler table = table(routes);
        return request -> {
            gate.admit(request);
            return table.handle(request);
        };
    }

    /// In front of a face that knows bearer tokens alone: there too a cookie says who is calling.
    public HttpHandler byCookie(HttpHandler face, BlockingCalls blocking) {
        return new CookieCallers(face, gate, blocking);
    }

    private HttpHandler table(Routes.Builder routes) {
        return routes.route("GET", "/user", user::current)
                .route("PUT", "/user", user::change)
                .route("POST", "/logout", user::signOut)
                .route("GET", "/reauthenticate", codes::reauthenticate)
                .route("POST", "/verify", verify::verify)
                .route("GET", "/verify", verify::follow)
                .route("POST", "/invite", invitations::invite)
                .route("POST", "/admin/generate_link", invitations::link)
                .route("GET", "/authorize", social::authorize)
                .route("GET", "/callback", social::callback)
                .route("POST", "/callback", social::postedCallback)
                .route("GET", "/user/identities/authorize", social::authorizeLink)
                .route("DELETE", "/user/identities/{identity}", social::unlink)
                .route("GET", "/admin/custom-providers", customProviders::list)
                .route("POST", "/admin/custom-providers", customProviders::create)
                .route("GET", "/admin/custom-providers/{identifier}", customProviders::one)
                .route("PUT", "/admin/custom-providers/{identifier}", customProviders::update)
                .route("DELETE", "/admin/custom-providers/{identifier}", customProviders::delete)
                .route("GET", "/inbox", inbox::show)
                .route("GET", "/admin/users", admin::list)
                .route("POST", "/admin/users", admin::create)
                .route("GET", "/admin/users/{id}", admin::one)
                .route("PUT", "/admin/users/{id}", admin::update)
                .route("DELETE", "/admin/users/{id}", admin::delete)
                .route("POST", "/factors", factors::enroll)
                .route("POST", "/factors/{id}/challenge", factors::challenge)
                .route("POST", "/factors/{id}/verify", factors::verify)
                .route("DELETE", "/factors/{id}", factors::unenroll)
                .route("POST", "/factors/recovery-codes", recovery::generate)
                .route("GET", "/factors/recovery-codes", recovery::status)
                .route("DELETE", "/factors/recovery-codes", recovery::delete)
                .route("POST", "/factors/recovery-codes/verify", recovery::verify)
                .route("POST", "/factors/recovery-codes/regenerate", recovery::regenerate)
                .route("GET", "/admin/users/{id}/factors", factors::of)
                .route("PUT", "/admin/users/{id}/factors/{factor}", factors::update)
                .route("DELETE", "/admin/users/{id}/factors/{factor}", factors::delete)
                .route("GET", "/settings", service::settings)
                .route("GET", "/health", service::health)
                .route("GET", "/.well-known/jwks.json", keys::published)
                .route("GET", "/admin/keys", keys::list)
                .route("POST", "/admin/keys/rotate", keys::rotate)
                .route("POST", "/admin/keys/{kid}/revoke", keys::revoke)
                .route("GET", "/session", cookies::current)
                .route("GET", "/user/sessions", sessions::own)
                .route("DELETE", "/user/sessions/{session}", sessions::endOwn)
                .route("GET", "/admin/users/{id}/sessions", sessions::of)
                .route("DELETE", "/admin/users/{id}/sessions/{session}", sessions::end)
                .route("GET", "/admin/audit", audit::list)
                .route("POST", "/passkeys/registration/options", passkeys::register)
                .route("POST", "/passkeys/registration/verify", passkeys::verifyRegistration)
                .route("POST", "/passkeys/authentication/verify", passkeys::verifyAuthentication)
                .route("GET", "/passkeys", passkeys::own)
                .route("PATCH", "/passkeys/{passkey}", passkeys::rename)
                .route("DELETE", "/passkeys/{passkey}", passkeys::deleteOwn)
                .route("GET", "/admin/users/{id}/passkeys", passkeys::of)
                .route("DELETE", "/admin/users/{id}/passkeys/{passkey}", passkeys::delete)
                .build();
    }

    /// What describes the OAuth server, for where clients look for it beside the mount (RFC 8414,
    /// 3.1).
    public HttpHandler discovery() {
        return discovery::about;
    }

    /// What asks for a captcha first, where the settings do.
    private void afterCaptcha(Routes.Builder routes) {
        routes.route("POST", "/signup", captcha.before(signIn::signUp))
                .route("POST", "/token", captcha.beforeGrants(signIn::token))
                .route("POST", "/otp", captcha.before(codes::otp))
                .route("POST", "/magiclink", captcha.before(codes::magicLink))
                .route("POST", "/recover", captcha.before(codes::recover))
                .route("POST", "/resend", captcha.before(codes::resend))
                .route(
                        "POST",
                        "/passkeys/authentication/options",
                        captcha.before(passkeys::authenticate));
    }

    private void singleSignOn(Routes.Builder routes) {
        routes.route("POST", "/sso", captcha.before(sso::start))
                .route("GET", "/sso/saml/metadata", sso::metadata)
                .route("POST", "/sso/saml/acs", sso::consume)
                .route("GET", "/admin/sso/providers", sso::list)
                .route("POST", "/admin/sso/providers", sso::create)
                .route("GET", "/admin/sso/providers/{id}", sso::one)
                .route("PUT", "/admin/sso/providers/{id}", sso::update)
                .route("DELETE", "/admin/sso/providers/{id}", sso::delete);
    }

    private void provider(Routes.Builder routes) {
        routes.route("GET", "/admin/oauth/clients", oauthClients::list)
                .route("POST", "/admin/oauth/clients", oauthClients::create)
                .route("GET", "/admin/oauth/clients/{id}", oauthClients::one)
                .route("PUT", "/admin/oauth/clients/{id}", oauthClients::update)
                .route("DELETE", "/admin/oauth/clients/{id}", oauthClients::delete)
                .route(
                        "POST",
                        "/admin/oauth/clients/{id}/regenerate_secret",
                        oauthClients::replaceSecret)
                .route("POST", "/oauth/clients/register", oauthClients::register)
                .route("GET", "/oauth/authorize", consent::authorize)
                .route("POST", "/oauth/authorize", consent::authorize)
                .route("GET", "/oauth/authorizations/{id}", consent::details)
                .route("POST", "/oauth/authorizations/{id}/consent", consent::decide)
                .route("GET", "/user/oauth/grants", consent::grants)
                .route("DELETE", "/user/oauth/grants", consent::revoke)
                .route("POST", "/oauth/token", oauthTokens::token)
                .route("POST", "/oauth/revoke", oauthTokens::revoke)
                .route("GET", "/oauth/userinfo", oauthTokens::userInfo)
                .route("POST", "/oauth/userinfo", oauthTokens::userInfo)
                .routeAsync("GET", "/.well-known/openid-configuration", discovery::about)
                .routeAsync("GET", "/.well-known/oauth-authorization-server", discovery::about);
    }
}
