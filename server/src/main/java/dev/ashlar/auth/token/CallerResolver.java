package dev.ashlar.auth.token;

import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Claims;
import dev.ashlar.identity.Role;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.Optional;

/// Decides who is calling from the two places that clients put tokens in: the bearer token of
/// `Authorization` wins, then `apikey`, and with neither the caller is anonymous.
public final class CallerResolver {
    private static final String SCHEME = "bearer ";

    private final TokenVerifier verifier;
    private final Caller anonymous;

    public CallerResolver(TokenVerifier verifier, Role anonymousRole) {
        this.verifier = verifier;
        JsonObject claims = new JsonObjectBuilder().put("role", anonymousRole.name()).build();
        this.anonymous =
                new Caller.Anonymous(anonymousRole, new Claims(Json.write(claims), claims));
    }

    /// Both as they stand in the headers. A token that is given but not valid is refused, never
    /// passed over.
    public Caller resolve(Optional<String> authorization, Optional<String> apiKey) {
        Optional<String> bearer = authorization.flatMap(CallerResolver::findBearer);
        if (bearer.isPresent()) {
            return verifier.verify(bearer.get());
        }
        return apiKey.map(verifier::verify).orElse(anonymous);
    }

    /// The caller of a request without any token.
    public Caller anonymous() {
        return anonymous;
    }

    /// The token of an `Authorization` header of the scheme Bearer (RFC 6750, 2.1), in any case.
    public static Optional<String> findBearer(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()).strip())
                : Optional.empty();
    }
}
