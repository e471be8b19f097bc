package dev.ashlar.auth.password;

import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.config.PasswordConfig.CharacterClass;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.AuthProblem.WeakPassword;
import dev.ashlar.problem.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/// Which passwords are good enough to be chosen.
public final class PasswordRules {
    /// Every character counts, unlike with hashes that cut at 72 bytes; the bound only keeps
    /// megabytes out.
    public static final int MAX_CHARS = 1_000;

    private final int minLength;
    private final Set<CharacterClass> required;
    private final Optional<LeakedPasswords> leaked;

    public PasswordRules(AuthConfig config) {
        this.minLength = config.passwordMinLength();
        this.required = Set.copyOf(config.password().required());
        this.leaked =
                config.password().refuseLeaked()
                        ? Optional.of(LeakedPasswords.load())
                        : Optional.empty();
    }

    /// Throws [WeakPassword] with everything that is wrong, or [ValidationFailed] beyond the
    /// longest.
    public void check(String password) {
        if (password.length() > MAX_CHARS) {
            throw new ProblemException(
                    new ValidationFailed(
                            "Password cannot be longer than " + MAX_CHARS + " characters"));
        }
        List<String> reasons = new ArrayList<>();
        StringJoiner sentences = new StringJoiner(" ");
        if (password.codePointCount(0, password.length()) < minLength) {
            reasons.add("length");
            sentences.add("Password should be at least " + minLength + " characters.");
        }
        String missing =
                Arrays.stream(CharacterClass.values())
                        .filter(kind -> required.contains(kind) && !kind.isIn(password))
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            reasons.add("characters");
            sentences.add(
                    "Password should contain at least one character of each kind; missing: "
                            + missing
                            + ".");
        }
        if (leaked.isPresent() && leaked.get().contains(password)) {
            reasons.add("pwned");
            sentences.add(
                    "Password is known to be weak and easy to guess, please choose a different"
                            + " one.");
        }
        if (!reasons.isEmpty()) {
            throw new ProblemException(
                    new WeakPassword(sentences.toString(), List.copyOf(reasons)));
        }
    }
}
