package dev.ashlar.face.authapi;

import dev.ashlar.auth.AuthDomain;
import dev.ashlar.auth.token.TokenVerifier;
import dev.ashlar.face.authapi.VerifyEndpoints.LinkPage;
import dev.ashlar.http.BlockingCalls;
import dev.ashlar.http.HttpHandler;
import dev.ashlar.http.ProblemRenderer;
import dev.ashlar.http.Routes;

/// The route table of the sign-in API, to be mounted at `/auth/v1`.
public final class AuthApi {
    /// Words every problem under the mount.
    public static final ProblemRenderer RENDERER = new AuthProblemRenderer();

    private final SignInEndpoints signIn;
    private final UserEndpoints user;
    private final AdminEndpoints admin;
    private final CodeEndpoints codes;
    private final VerifyEndpoints verify;
    private final InvitationEndpoints invitations;
    private final InboxEndpoints inbox;
    private final KeyEndpoints keys;
    private final SessionEndpoints sessions;
    private final AuditEndpoints audit;
    private final ServiceEndpoints service;
    private final PasskeyEndpoints passkeys;

    /// `version` is that of the program, as `/health` tells it.
    public AuthApi(AuthDomain domain, TokenVerifier verifier, String version) {
        BearerToken bearer = new BearerToken(verifier);
        this.signIn = new SignInEndpoints(domain.signUp(), domain.signIn());
        this.user = new UserEndpoints(domain.accounts(), bearer);
        this.admin = new AdminEndpoints(domain.admin(), bearer);
        this.codes = new CodeEndpoints(domain.codeRequests(), bearer);
        this.verify =
                new VerifyEndpoints(
                        domain.verification(),
                        domain.config().mail().linkPage()
                                ? LinkPage.BUTTON_FIRST
                                : LinkPage.AT_ONCE);
        this.invitations = new InvitationEndpoints(domain.invitations(), bearer);
        this.inbox = new InboxEndpoints(domain.messages());
        this.keys = new KeyEndpoints(domain.keys(), domain.keyAdmin(), bearer);
        this.sessions = new SessionEndpoints(domain.sessionAdmin(), bearer);
        this.audit = new AuditEndpoints(domain.auditAdmin(), bearer);
        this.service = new ServiceEndpoints(domain.config(), version);
        this.passkeys = new PasskeyEndpoints(domain.passkeys(), bearer);
    }

    public HttpHandler handler(BlockingCalls blocking) {
        return Routes.builder(RENDERER, blocking)
                .route("POST", "/signup", signIn::signUp)
                .route("POST", "/token", signIn::token)
                .route("GET", "/user", user::current)
                .route("PUT", "/user", user::change)
                .route("POST", "/logout", user::signOut)
                .route("POST", "/otp", codes::otp)
                .route("POST", "/magiclink", codes::magicLink)
                .route("POST", "/recover", codes::recover)
                .route("POST", "/resend", codes::resend)
                .route("GET", "/reauthenticate", codes::reauthenticate)
                .route("POST", "/verify", verify::verify)
                .route("GET", "/verify", verify::follow)
                .route("POST", "/invite", invitations::invite)
                .route("POST", "/admin/generate_link", invitations::link)
                .route("GET", "/inbox", inbox::show)
                .route("GET", "/admin/users", admin::list)
                .route("POST", "/admin/users", admin::create)
                .route("GET", "/admin/users/{id}", admin::one)
                .route("PUT", "/admin/users/{id}", admin::update)
                .route("DELETE", "/admin/users/{id}", admin::delete)
                .route("GET", "/settings", service::settings)
                .route("GET", "/health", service::health)
                .route("GET", "/.well-known/jwks.json", keys::published)
                .route("GET", "/admin/keys", keys::list)
                .route("POST", "/admin/keys/rotate", keys::rotate)
                .route("POST", "/admin/keys/{kid}/revoke", keys::revoke)
                .route("GET", "/user/sessions", sessions::own)
                .route("DELETE", "/user/sessions/{session}", sessions::endOwn)
                .route("GET", "/admin/users/{id}/sessions", sessions::of)
                .route("DELETE", "/admin/users/{id}/sessions/{session}", sessions::end)
                .route("GET", "/admin/audit", audit::list)
                .route("POST", "/passkeys/registration/options", passkeys::register)
                .route("POST", "/passkeys/registration/verify", passkeys::verifyRegistration)
                .route("POST", "/passkeys/authentication/options", passkeys::authenticate)
                .route("POST", "/passkeys/authentication/verify", passkeys::verifyAuthentication)
                .route("GET", "/passkeys", passkeys::own)
                .route("PATCH", "/passkeys/{passkey}", passkeys::rename)
                .route("DELETE", "/passkeys/{passkey}", passkeys::deleteOwn)
                .route("GET", "/admin/users/{id}/passkeys", passkeys::of)
                .route("DELETE", "/admin/users/{id}/passkeys/{passkey}", passkeys::delete)
                .build();
    }
}
