package dev.ashlar.auth.provider;

import dev.ashlar.auth.config.OAuthServerConfig;
import dev.ashlar.problem.AuthProblem.OAuthRefused;
import dev.ashlar.problem.OAuthError;
import dev.ashlar.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a client asks for at the authorization endpoint (OAuth 2.1, 4.1.1; OpenID Connect Core,
/// 3.1.2.1). `resource` is a server beside us that the tokens are for (RFC 8707).
public record AuthorizationRequest(
        String redirectUri,
        String scope,
        Optional<String> state,
        Optional<String> nonce,
        Optional<String> resource,
        String challenge,
        Set<Prompt> prompts,
        Optional<Duration> maxAge) {
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final int MAX_NONCE_CHARS = 1_024;

    /// Ways to pass a request that we do not take.
    private static final Map<String, OAuthError> UNSUPPORTED =
            Map.of(
                    "request", OAuthError.REQUEST_NOT_SUPPORTED,
                    "request_uri", OAuthError.REQUEST_URI_NOT_SUPPORTED,
                    "registration", OAuthError.REGISTRATION_NOT_SUPPORTED);

    /// What the person is to be asked, whatever is known already.
    public enum Prompt {
        LOGIN,
        CONSENT,
        SELECT_ACCOUNT
    }

    /// Throws [OAuthRefused]; `redirectUri` has been checked before.
    public static AuthorizationRequest parse(
            OAuthParameters parameters,
            String redirectUri,
            OAuthClient client,
            OAuthServerConfig config,
            String issuer) {
        Optional<String> resource = resource(parameters, config, issuer);
        parameters.requireSingle();
        UNSUPPORTED.forEach((name, error) -> {
            if (parameters.find(name).isPresent()) {
                throw refusal(error, name + " is not supported");
            }
        });
        if (!parameters.require("response_type").equals("code")) {
            throw refusal(OAuthError.UNSUPPORTED_RESPONSE_TYPE, "response_type has to be code");
        }
        if (!parameters.find("response_mode").orElse("query").equals("query")) {
            throw invalid("response_mode has to be query");
        }
        Optional<String> nonce = parameters.find("nonce");
        if (nonce.filter(text -> text.length() > MAX_NONCE_CHARS).isPresent()) {
            throw invalid("nonce has at most " + MAX_NONCE_CHARS + " characters");
        }
        return new AuthorizationRequest(
                redirectUri,
                scope(parameters, client),
                parameters.find("state"),
                nonce,
                resource,
                challenge(parameters),
                prompts(parameters),
                maxAge(parameters));
    }

    /// Whether whoever signed in at that time has to do so again. Counted from the request on: a
    /// sign-in that followed it is enough. Sign-ins are kept to the second.
    public boolean needsSignIn(Instant authenticatedAt, Instant askedAt) {
        Instant asked = askedAt.truncatedTo(ChronoUnit.SECONDS);
        return (prompts.contains(Prompt.LOGIN) && authenticatedAt.isBefore(asked))
                || maxAge.filter(age -> authenticatedAt.plus(age).isBefore(asked)).isPresent();
    }

    /// Unknown words are passed over (OpenID Connect Core, 3.1.2.1); a client gets no more than it
    /// has registered.
    private static String scope(OAuthParameters parameters, OAuthClient client) {
        Optional<String> registered = client.metadata().scope();
        Optional<String> asked = parameters.find("scope");
        if (asked.isEmpty()) {
            return registered.orElse(Scopes.DEFAULT);
        }
        String scope =
                registered
                        .map(most -> Scopes.common(asked.get(), most))
                        .orElseGet(() -> Scopes.known(asked.get()));
        if (scope.isEmpty()) {
            throw refusal(OAuthError.INVALID_SCOPE, "this client can be given no such scope");
        }
        return scope;
    }

    private static Optional<String> resource(
            OAuthParameters parameters, OAuthServerConfig config, String issuer) {
        if (parameters.isRepeated("resource")) {
            throw refusal(OAuthError.INVALID_TARGET, "only one resource can be asked for");
        }
        return parameters
                .find("resource")
                .filter(resource -> !resource.equals(issuer))
                .map(resource -> {
                    if (config.resources().contains(resource)) {
                        return resource;
                    }
                    throw refusal(
                            OAuthError.INVALID_TARGET, "tokens are not given for this resource");
                });
    }

    private static String challenge(OAuthParameters parameters) {
        String challenge = parameters.require("code_challenge");
        if (!parameters.find("code_challenge_method").orElse("plain").equals("S256")) {
            throw invalid("code_challenge_method has to be S256");
        }
        if (!CHALLENGE.matcher(challenge).matches()) {
            throw invalid("code_challenge has to be SHA-256 in base64url, 43 characters");
        }
        return challenge;
    }

    private static Set<Prompt> prompts(OAuthParameters parameters) {
        Set<String> words = Scopes.words(parameters.find("prompt").orElse(""));
        if (words.equals(Set.of("none"))) {
            throw refusal(OAuthError.LOGIN_REQUIRED, "people are always asked on a page");
        }
        Set<Prompt> prompts = new HashSet<>();
        for (String word : words) {
            prompts.add(
                    switch (word) {
                        case "login" -> Prompt.LOGIN;
                        case "consent" -> Prompt.CONSENT;
                        case "select_account" -> Prompt.SELECT_ACCOUNT;
                        default ->
                                throw invalid(
                                        "prompt has to be none, or login, consent, select_account");
                    });
        }
        return Set.copyOf(prompts);
    }

    private static Optional<Duration> maxAge(OAuthParameters parameters) {
        return parameters
                .find("max_age")
                .map(text -> {
                    if (SECONDS.matcher(text).matches()) {
                        return Duration.ofSeconds(Long.parseLong(text));
                    }
                    throw invalid("max_age has to be a number of seconds");
                });
    }

    private static ProblemException invalid(String message) {
        return refusal(OAuthError.INVALID_REQUEST, message);
    }

    private static ProblemException refusal(OAuthError error, String message) {
        return new ProblemException(new OAuthRefused(error, message));
    }
}
