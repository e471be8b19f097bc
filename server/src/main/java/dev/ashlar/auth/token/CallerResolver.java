package dev.ashlar.auth.token;

import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Claims;
import dev.ashlar.identity.Role;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.AuthProblem.TokenFault;
import dev.ashlar.problem.AuthProblem.TokenInvalid;
import dev.ashlar.problem.ProblemException;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Decides who is calling from the two places that clients put tokens in: the bearer token of
/// `Authorization` wins, then `apikey`, and with neither the caller is anonymous.
public final class CallerResolver {
    private static final String SCHEME = "bearer ";

    private final Optional<TokenVerifier> verifier;
    private final @Nullable Caller anonymous;
    private final Predicate<Caller> ended;

    public CallerResolver(TokenVerifier verifier, Role anonymousRole) {
        this(Optional.of(verifier), Optional.of(anonymousRole));
    }

    /// Refuses those who `ended` knows, as if their token had expired. It must not block.
    public CallerResolver(TokenVerifier verifier, Role anonymousRole, Predicate<Caller> ended) {
        this(Optional.of(verifier), Optional.of(anonymousRole), ended);
    }

    /// Without a verifier no token can be judged; without a role everybody needs one.
    public CallerResolver(Optional<TokenVerifier> verifier, Optional<Role> anonymousRole) {
        this(verifier, anonymousRole, _ -> false);
    }

    private CallerResolver(
            Optional<TokenVerifier> verifier,
            Optional<Role> anonymousRole,
            Predicate<Caller> ended) {
        this.ended = ended;
        this.verifier = verifier;
        this.anonymous = anonymousRole.map(CallerResolver::nobody).orElse(null);
    }

    private static Caller nobody(Role anonymousRole) {
        JsonObject claims = new JsonObjectBuilder().put("role", anonymousRole.name()).build();
        return new Caller.Anonymous(anonymousRole, new Claims(Json.write(claims), claims));
    }

    /// Both as they stand in the headers. A token that is given but not valid is refused, never
    /// passed over.
    public Caller resolve(Optional<String> authorization, Optional<String> apiKey) {
        Optional<String> bearer = authorization.flatMap(CallerResolver::findBearer);
        if (bearer.isPresent()) {
            return verify(bearer.get());
        }
        return apiKey.map(this::verify).orElseGet(this::anonymous);
    }

    private Caller verify(String token) {
        Caller caller =
                verifier.orElseThrow(() -> new ProblemException(new AuthProblem.SecretMissing()))
                        .verify(token);
        if (ended.test(caller)) {
            throw new ProblemException(new TokenInvalid(TokenFault.EXPIRED));
        }
        return caller;
    }

    /// The caller of a request without any token.
    public Caller anonymous() {
        if (anonymous == null) {
            throw new ProblemException(new AuthProblem.AnonymousDisabled());
        }
        return anonymous;
    }

    /// The token of an `Authorization` header of the scheme Bearer (RFC 6750, 2.1), in any case.
    public static Optional<String> findBearer(String authorization) {
        // The blank before a missing token is cut off with the end of the header's line.
        String header = authorization.strip() + " ";
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }
}
