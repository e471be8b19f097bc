package dev.ashlar.auth.saml;

import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an answer has to be bound to: by whom (`issuer`, which signs with one of `keys`), for whom
/// (`audience`, our entity id), where to (`recipient`, where it came in), and in answer to what.
/// `requestId` is empty for one that nobody asked for. `skew` is how far clocks may be apart.
public record Expected(
        String issuer,
        List<PublicKey> keys,
        String audience,
        String recipient,
        Optional<String> requestId,
        Instant now,
        Duration skew) {
    public Expected {
        keys = List.copyOf(keys);
    }

    /// `given` is an attribute InResponseTo of `what`. One that is missing there can be stated by
    /// the other; [AssertionReader] wants it where it is always signed.
    void requireAnswered(Optional<String> given, String what) throws SamlFailure {
        if (given.isPresent() && !given.equals(requestId)) {
            throw SamlFailure.invalid("the " + what + " answers another request");
        }
    }

    boolean isOver(Instant end) {
        return !now.minus(skew).isBefore(end);
    }

    boolean isYetToCome(Instant start) {
        return now.plus(skew).isBefore(start);
    }
}
