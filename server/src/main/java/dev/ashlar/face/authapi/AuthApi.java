package dev.ashlar.face.authapi;

import dev.ashlar.auth.AuthDomain;
import dev.ashlar.auth.token.TokenVerifier;
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
    private final ServiceEndpoints service;

    /// `version` is that of the program, as `/health` tells it.
    public AuthApi(AuthDomain domain, TokenVerifier verifier, String version) {
        BearerToken bearer = new BearerToken(verifier);
        this.signIn = new SignInEndpoints(domain.signUp(), domain.signIn());
        this.user = new UserEndpoints(domain.accounts(), bearer);
        this.admin = new AdminEndpoints(domain.admin(), bearer);
        this.service = new ServiceEndpoints(domain.config(), version);
    }

    public HttpHandler handler(BlockingCalls blocking) {
        return Routes.builder(RENDERER, blocking)
                .route("POST", "/signup", signIn::signUp)
                .route("POST", "/token", signIn::token)
                .route("GET", "/user", user::current)
                .route("PUT", "/user", user::change)
                .route("POST", "/logout", user::signOut)
                .route("GET", "/admin/users", admin::list)
                .route("POST", "/admin/users", admin::create)
                .route("GET", "/admin/users/{id}", admin::one)
                .route("PUT", "/admin/users/{id}", admin::update)
                .route("DELETE", "/admin/users/{id}", admin::delete)
                .route("GET", "/settings", service::settings)
                .route("GET", "/health", service::health)
                .route("GET", "/.well-known/jwks.json", service::keys)
                .build();
    }
}
