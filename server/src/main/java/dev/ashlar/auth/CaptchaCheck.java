package dev.ashlar.auth;

import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.CaptchaConfig;
import dev.ashlar.auth.config.OutboundConfig;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.context.AuthLimits;
import dev.ashlar.auth.outbound.FetchFailed;
import dev.ashlar.auth.outbound.Fetcher;
import dev.ashlar.auth.outbound.Fetcher.Answer;
import dev.ashlar.auth.outbound.Fetcher.Source;
import dev.ashlar.config.Secret;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.observe.Log;
import dev.ashlar.problem.AuthProblem.CaptchaFailed;
import dev.ashlar.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether somebody has solved a captcha, asked of the service that made it (`auth.captcha`).
/// hCaptcha and Turnstile are asked in the same way, and give each token's answer once.
///
/// A service that cannot be reached lets nobody in: otherwise whoever keeps it from answering would
/// be rid of it.
public final class CaptchaCheck {
    private static final Log LOG = Log.of(CaptchaCheck.class);

    /// Turnstile's tokens have at most 2,048 characters; hCaptcha names no bound.
    private static final int MAX_TOKEN_CHARS = 16_384;

    /// What is wrong with our own settings, and no fault of the caller's.
    private static final Set<String> OURS =
            Set.of("missing-input-secret", "invalid-input-secret", "sitekey-secret-mismatch");

    private final CaptchaConfig config;
    private final Fetcher fetcher;
    private final AuthLimits limits;

    CaptchaCheck(AuthContext context) {
        OutboundConfig outbound = context.config().outbound();
        this.config = context.config().captcha();
        this.limits = context.limits();
        this.fetcher =
                new Fetcher(
                        new OutboundConfig(
                                config.timeout(), outbound.maxSize(), outbound.privateAddresses()));
    }

    public boolean isAsked() {
        return config.enabled();
    }

    /// @throws ProblemException unless the token is of a captcha that somebody has just solved
    public void require(Optional<String> token, Visitor visitor) {
        String response =
                token.filter(text -> text.length() <= MAX_TOKEN_CHARS)
                        .orElseThrow(() -> failed("no captcha_token found"));
        // Each is a request to the service, before any limit of what is asked for itself.
        limits.captcha(visitor);
        JsonObject answer = ask(response, visitor);
        if (!answer.find("success").equals(Optional.of(JsonBoolean.TRUE))) {
            throw refused(answer);
        }
        if (!config.hostnames().isEmpty()) {
            requireHost(answer.findText("hostname").orElse(""));
        }
    }

    private JsonObject ask(String response, Visitor visitor) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("secret", config.secret().map(Secret::reveal).orElse(""));
        fields.put("response", response);
        visitor.findIp().ifPresent(ip -> fields.put("remoteip", ip));
        try {
            Answer answer = fetcher.post(config.url(), Source.OWNER, Map.of(), fields);
            // Turnstile says no with 400 and the same object.
            if (answer.status() < 500) {
                return answer.object();
            }
            LOG.warn("The captcha service answers {}", answer.status());
        } catch (FetchFailed e) {
            LOG.warn("The captcha service cannot be asked: {}", e.getMessage());
        }
        throw failed("the captcha service cannot be reached at the moment");
    }

    private static ProblemException refused(JsonObject answer) {
        List<String> codes = codes(answer);
        if (codes.stream().anyMatch(OURS::contains)) {
            LOG.warn("The captcha service does not take auth.captcha.secret: {}", codes);
            return failed("the captcha service is not set up");
        }
        return failed(codes.isEmpty() ? "not solved" : String.join(", ", codes));
    }

    /// As the services' documentation spells them; anything else of a foreign server's is not
    /// passed on.
    private static List<String> codes(JsonObject answer) {
        return answer
                .find("error-codes")
                .filter(JsonArray.class::isInstance)
                .map(codes -> ((JsonArray) codes).elements())
                .orElse(List.of())
                .stream()
                .filter(JsonString.class::isInstance)
                .map(code -> ((JsonString) code).text())
                .filter(code -> code.matches("[a-z0-9-]{1,60}"))
                .limit(5)
                .toList();
    }

    private void requireHost(String host) {
        String found = host.toLowerCase(Locale.ROOT);
        if (config.hostnames().stream().noneMatch(found::equalsIgnoreCase)) {
            throw failed("solved on another site");
        }
    }

    private static ProblemException failed(String reason) {
        return new ProblemException(new CaptchaFailed(reason));
    }
}
