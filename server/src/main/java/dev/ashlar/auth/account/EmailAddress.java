package dev.ashlar.auth.account;

import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.util.Locale;
import java.util.regex.Pattern;

/// An e-mail address as accounts are found by: without surrounding space, in lower case.
public record EmailAddress(String text) {
    /// The width of the column, and one more than RFC 5321 allows.
    private static final int MAX_CHARS = 255;

    private static final int MAX_LOCAL_CHARS = 64;

    /// The addr-spec of HTML's input type `email` (WHATWG), with any letters of other scripts (RFC
    /// 6531), and a dot in the domain not required.
    private static final Pattern FORM =
            Pattern.compile(
                    "[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]+@[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?"
                            + "(?:\\.[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?)*");

    /// Throws [ValidationFailed].
    public static EmailAddress parse(String text) {
        String address = text.strip().toLowerCase(Locale.ROOT);
        if (address.length() > MAX_CHARS) {
            throw invalid("An email address has at most " + MAX_CHARS + " characters");
        }
        if (address.indexOf('@') > MAX_LOCAL_CHARS || !FORM.matcher(address).matches()) {
            throw invalid("Unable to validate email address: invalid format");
        }
        return new EmailAddress(address);
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
