package dev.ashlar.face.authapi;

import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The dialect's duration: `24h`, `1h30m`, `1.5h`, or `none` to lift a ban.
final class BanDuration {
    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h)");

    /// Keeps the end within the years that timestamps have.
    private static final Duration MAX = Duration.ofDays(365L * 1_000);

    private BanDuration() {}

    static Duration parse(String text) {
        if (text.equals("none") || text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = PART.matcher(text);
        Duration total = Duration.ZERO;
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            total = total.plus(part(matcher));
            end = matcher.end();
        }
        if (text.isEmpty() || end != text.length() || total.compareTo(MAX) > 0) {
            throw new ProblemException(
                    new ValidationFailed(
                            "invalid format for ban duration, use such as 24h or none"));
        }
        return total;
    }

    private static Duration part(Matcher matcher) {
        long millis =
                switch (matcher.group(2)) {
                    case "ms" -> 1;
                    case "s" -> 1_000;
                    case "m" -> 60_000;
                    default -> 3_600_000;
                };
        BigDecimal total = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(millis));
        return Duration.ofMillis(total.setScale(0, RoundingMode.DOWN).longValueExact());
    }
}
