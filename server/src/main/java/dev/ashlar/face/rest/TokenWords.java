package dev.ashlar.face.rest;

import dev.ashlar.face.rest.RestProblems.Words;
import dev.ashlar.problem.AuthProblem.TokenInvalid;
import org.jspecify.annotations.Nullable;

/// Why a token was not accepted, in the words of PostgREST 14 and newer.
final class TokenWords {
    private static final String NO_KEY = "No suitable key or wrong key type";
    private static final String NO_KEY_FITS = "No suitable key was found to decode the JWT";

    private TokenWords() {}

    static Words of(TokenInvalid invalid) {
        return switch (invalid.fault()) {
            case EMPTY -> say(invalid, "Empty JWT is sent in Authorization header");
            case WRONG_PARTS -> say(invalid, "Expected 3 parts in JWT; got " + invalid.subject());
            case MALFORMED -> say(invalid, "JWT couldn't be decoded");
            case BAD_SIGNATURE ->
                    say(invalid, NO_KEY, "None of the keys was able to decode the JWT");
            case ALGORITHM_NOT_ALLOWED ->
                    "none".equals(invalid.subject())
                            ? say(
                                    invalid,
                                    "Wrong or unsupported encoding algorithm",
                                    "JWT is unsecured but expected 'alg' was not 'none'")
                            : say(invalid, NO_KEY, NO_KEY_FITS);
            case UNKNOWN_KEY -> say(invalid, NO_KEY, NO_KEY_FITS);
            case EXPIRED -> say(invalid, "JWT expired");
            case NOT_YET_VALID -> say(invalid, "JWT not yet valid");
            case ISSUED_IN_FUTURE -> say(invalid, "JWT issued at future");
            case WRONG_AUDIENCE -> say(invalid, "JWT not in audience");
            case NOT_A_NUMBER ->
                    say(invalid, "The JWT '" + invalid.subject() + "' claim must be a number");
            case BAD_AUDIENCE ->
                    say(invalid, "The JWT 'aud' claim must be a string or an array of strings");
            case BAD_CLAIMS -> say(invalid, "Parsing claims failed");
        };
    }

    private static Words say(TokenInvalid invalid, String message) {
        return say(invalid, message, null);
    }

    private static Words say(TokenInvalid invalid, String message, @Nullable String details) {
        return Words.of(invalid.code(), details, null, message);
    }
}
