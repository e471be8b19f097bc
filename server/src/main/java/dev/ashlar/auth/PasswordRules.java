package dev.ashlar.auth;

import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.AuthProblem.WeakPassword;
import dev.ashlar.problem.ProblemException;
import java.util.List;

/// Which passwords are good enough to be chosen.
public final class PasswordRules {
    /// Every character counts, unlike with hashes that cut at 72 bytes; the bound only keeps
    /// megabytes out.
    static final int MAX_CHARS = 1_000;

    private final int minLength;

    public PasswordRules(int minLength) {
        this.minLength = minLength;
    }

    /// Throws [WeakPassword], or [ValidationFailed] beyond the longest.
    public void check(String password) {
        if (password.length() > MAX_CHARS) {
            throw new ProblemException(
                    new ValidationFailed(
                            "Password cannot be longer than " + MAX_CHARS + " characters"));
        }
        if (password.codePointCount(0, password.length()) < minLength) {
            throw new ProblemException(
                    new WeakPassword(
                            "Password should be at least " + minLength + " characters.",
                            List.of("length")));
        }
    }
}
