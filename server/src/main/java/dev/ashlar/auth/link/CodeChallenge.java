package dev.ashlar.auth.link;

import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The challenge with which a client starts a PKCE flow (RFC 7636): whoever comes with a code must
/// know the verifier behind it.
public record CodeChallenge(Method method, String challenge) {
    /// The characters and lengths of verifiers, which those of challenges follow (RFC 7636, 4.1).
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    /// How the challenge follows from the verifier.
    public enum Method {
        S256,
        PLAIN
    }

    /// Empty for the implicit flow, which sends neither; throws [ValidationFailed] for half of it.
    public static Optional<CodeChallenge> find(
            Optional<String> challenge, Optional<String> method) {
        if (challenge.isEmpty() && method.isEmpty()) {
            return Optional.empty();
        }
        if (challenge.isEmpty() || method.isEmpty()) {
            throw invalid(
                    "PKCE flow requires code_challenge_method and code_challenge, or neither");
        }
        if (!FORM.matcher(challenge.get()).matches()) {
            throw invalid("code challenge has to be 43 to 128 letters, digits and -._~");
        }
        Method known =
                switch (method.get().toLowerCase(Locale.ROOT)) {
                    case "s256" -> Method.S256;
                    case "plain" -> Method.PLAIN;
                    default -> throw invalid("Invalid code challenge method: use s256 or plain");
                };
        return Optional.of(new CodeChallenge(known, challenge.get()));
    }

    /// In constant time.
    public boolean isMetBy(String verifier) {
        String expected =
                switch (method) {
                    case PLAIN -> verifier;
                    case S256 -> s256(verifier);
                };
        return FORM.matcher(verifier).matches()
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8),
                        challenge.getBytes(StandardCharsets.UTF_8));
    }

    private static String s256(String verifier) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(verifier.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
