package dev.ashlar.face.authapi;

import dev.ashlar.auth.SocialOutcome;
import dev.ashlar.auth.SocialOutcome.FlowKind;
import dev.ashlar.auth.link.RedirectTarget;
import dev.ashlar.auth.session.IssuedSession;
import dev.ashlar.auth.session.ProviderTokens;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where a browser goes after somebody was at a foreign provider, and what it takes along.
final class VisitEnd {
    private VisitEnd() {}

    static String url(SocialOutcome outcome) {
        return switch (outcome) {
            case SocialOutcome.SignedIn(RedirectTarget target, IssuedSession session) ->
                    target.withFragment(fragment(session));
            case SocialOutcome.WithCode(RedirectTarget target, String code) ->
                    target.withQuery(Map.of("code", code));
            case SocialOutcome.Failed(
                            RedirectTarget target,
                            FlowKind kind,
                            String error,
                            ErrorCode code,
                            String description) ->
                    failure(target, kind, error, code, description);
            case SocialOutcome.Refused(RedirectTarget target, FlowKind kind, AuthProblem problem) ->
                    failure(
                            target,
                            kind,
                            problem.code().status() >= 500 ? "server_error" : "access_denied",
                            problem.code(),
                            AuthMessages.of(problem, problem.code().status(), ""));
        };
    }

    /// States, codes and sessions stand in addresses: no cache and no other page may learn them.
    static HttpResponse redirect(int status, String url) {
        return HttpResponse.empty(status)
                .withHeader("Location", url)
                .withHeader("Cache-Control", "no-store")
                .withHeader("Referrer-Policy", "no-referrer");
    }

    private static Map<String, String> fragment(IssuedSession session) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("access_token", session.accessToken());
        fields.put("expires_at", Long.toString(session.expiresAt().getEpochSecond()));
        fields.put("expires_in", Long.toString(session.lifetime().toSeconds()));
        session.provider()
                .flatMap(ProviderTokens::refresh)
                .ifPresent(token -> fields.put("provider_refresh_token", token));
        session.provider().ifPresent(tokens -> fields.put("provider_token", tokens.access()));
        fields.put("refresh_token", session.refreshToken());
        fields.put("token_type", "bearer");
        return fields;
    }

    /// In query and fragment: pages look in either. Clients of PKCE look in the query alone.
    private static String failure(
            RedirectTarget target,
            FlowKind kind,
            String error,
            ErrorCode code,
            String description) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("error", error);
        fields.put("error_code", String.valueOf(code.word()));
        fields.put("error_description", description);
        return kind == FlowKind.PKCE
                ? target.withQuery(fields)
                : target.withQueryAndFragment(fields);
    }
}
