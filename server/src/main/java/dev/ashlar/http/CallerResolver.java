package dev.ashlar.http;

import dev.ashlar.identity.Caller;
import java.util.Optional;

/// Finds out on whose behalf a request runs, from the credentials it shows; faces call it and pass
/// the caller on. Throws a [dev.ashlar.problem.ProblemException] for credentials that do not hold.
@FunctionalInterface
public interface CallerResolver {
    Caller resolve(Optional<String> bearer, Optional<String> apiKey);

    default Caller resolve(Credentials credentials) {
        return resolve(credentials.bearer(), credentials.apiKey());
    }
}
