package dev.ashlar.face.authapi;

import dev.ashlar.auth.Accounts;
import dev.ashlar.auth.CaptchaCheck;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.auth.token.CallerResolver;
import dev.ashlar.auth.token.TokenVerifier;
import dev.ashlar.http.BlockingHandler;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.identity.Caller;
import dev.ashlar.problem.ProblemException;
import java.util.Optional;
import java.util.Set;

/// Asks for a solved captcha before what robots like to call: whatever makes an account, tries a
/// password or sends a message. The body has it as `gotrue_meta_security.captcha_token`.
///
/// Trusted servers solve none. Nor do those who hold a proof that was come by elsewhere already: a
/// refresh token, a code, an id token.
final class CaptchaGuard {
    private static final Set<String> GRANTS = Set.of("password", "web3");

    private final CaptchaCheck check;
    private final Accounts accounts;
    private final TokenVerifier verifier;

    CaptchaGuard(CaptchaCheck check, Accounts accounts, TokenVerifier verifier) {
        this.check = check;
        this.accounts = accounts;
        this.verifier = verifier;
    }

    BlockingHandler before(BlockingHandler handler) {
        return (request, path) -> {
            require(request);
            return handler.handle(request, path);
        };
    }

    /// For `/token`, where it depends on the grant.
    BlockingHandler beforeGrants(BlockingHandler handler) {
        BlockingHandler asked = before(handler);
        return (request, path) ->
                AuthRequests.findQuery(request, "grant_type").filter(GRANTS::contains).isPresent()
                        ? asked.handle(request, path)
                        : handler.handle(request, path);
    }

    private void require(HttpRequest request) {
        if (check.isAsked() && !isTrusted(request)) {
            check.require(
                    AuthBody.parseOptional(request)
                            .findObject("gotrue_meta_security")
                            .flatMap(security -> security.findText("captcha_token"))
                            .filter(token -> !token.isEmpty()),
                    AuthRequests.visitor(request));
        }
    }

    private boolean isTrusted(HttpRequest request) {
        try {
            Optional<Caller> caller =
                    request.findHeader("Authorization")
                            .flatMap(CallerResolver::findBearer)
                            .filter(token -> !token.isEmpty())
                            .map(verifier::verify);
            caller.ifPresent(accounts::requireStanding);
            caller.ifPresent(BearerCheck::requireAdmin);
            return caller.isPresent();
        } catch (ProblemException _) {
            // Whoever has no such token solves a captcha like everybody.
            return false;
        }
    }
}
