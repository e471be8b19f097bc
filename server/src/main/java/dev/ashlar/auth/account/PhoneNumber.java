package dev.ashlar.auth.account;

import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.util.regex.Pattern;

/// A phone number of the world (ITU-T E.164) as accounts are found by: its digits, without the
/// plus.
public record PhoneNumber(String digits) {
    /// A country code, which never begins with 0, and at most 15 digits in all.
    private static final Pattern FORM = Pattern.compile("[1-9][0-9]{6,14}");

    private static final Pattern ORNAMENT = Pattern.compile("[ ().-]");

    /// Throws [ValidationFailed].
    public static PhoneNumber parse(String text) {
        String plain = ORNAMENT.matcher(text.strip()).replaceAll("");
        String digits = plain.startsWith("+") ? plain.substring(1) : plain;
        if (!FORM.matcher(digits).matches()) {
            throw new ProblemException(
                    new ValidationFailed("Invalid phone number format (E.164 required)"));
        }
        return new PhoneNumber(digits);
    }
}
