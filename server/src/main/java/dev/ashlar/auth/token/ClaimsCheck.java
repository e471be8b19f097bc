package dev.ashlar.auth.token;

import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Claims;
import dev.ashlar.identity.Role;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonNumber;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.problem.AuthProblem.AnonymousDisabled;
import dev.ashlar.problem.AuthProblem.TokenFault;
import dev.ashlar.problem.AuthProblem.TokenInvalid;
import dev.ashlar.problem.ProblemException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Applies [TokenRules] to claims whose signature fits (RFC 7519, 4.1).
final class ClaimsCheck {
    /// No date lies beyond the year 9999; larger numbers are cut to this before any arithmetic,
    /// since a number such as 1e999999999 would cost gigabytes as an integer.
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);

    /// To PostgreSQL the role `none` is the one that logged in, which may be allowed more.
    private static final String NO_ROLE = "none";

    private static final List<String> TEXTS = List.of("iss", "sub", "jti", "session_id");

    private final TokenRules rules;

    ClaimsCheck(TokenRules rules) {
        this.rules = rules;
    }

    VerifiedToken check(Claims claims, long now) {
        JsonObject values = claims.values();
        if (rules.expiry() == TokenRules.Expiry.EXACT) {
            requireTexts(values);
        }
        long until = end(second(values, "exp", Long.MAX_VALUE, RoundingMode.CEILING));
        require(now < until, TokenFault.EXPIRED);
        long notBefore = second(values, "nbf", Long.MIN_VALUE, RoundingMode.FLOOR);
        require(notBefore <= now + TokenRules.SKEW_SECONDS, TokenFault.NOT_YET_VALID);
        long issued = second(values, "iat", Long.MIN_VALUE, RoundingMode.FLOOR);
        require(issued <= now + TokenRules.SKEW_SECONDS, TokenFault.ISSUED_IN_FUTURE);
        checkAudience(values.members().get("aud"));
        long from = Math.max(notBefore, issued);
        return new VerifiedToken(
                caller(claims),
                from == Long.MIN_VALUE ? from : from - TokenRules.SKEW_SECONDS,
                until);
    }

    /// Ours are texts; what others put there is between them and the database's code.
    private static void requireTexts(JsonObject values) {
        for (String name : TEXTS) {
            JsonValue value = values.members().get(name);
            require(value == null || value instanceof JsonString, TokenFault.BAD_CLAIMS);
        }
    }

    private long end(long expiry) {
        return rules.expiry() == TokenRules.Expiry.EXACT || expiry == Long.MAX_VALUE
                ? expiry
                : expiry + TokenRules.SKEW_SECONDS;
    }

    private Caller caller(Claims claims) {
        Role role =
                rules.roleClaim()
                        .find(claims.values())
                        .map(this::role)
                        .or(rules::anonymous)
                        .orElseThrow(() -> new ProblemException(new AnonymousDisabled()));
        Claims told = withRole(claims, role);
        return rules.anonymous().equals(Optional.of(role)) && claims.findSubject().isEmpty()
                ? new Caller.Anonymous(role, told)
                : new Caller.Bearer(role, told);
    }

    /// SQL finds the role in `request.jwt.claims` wherever the token has it, or has it not.
    private static Claims withRole(Claims claims, Role role) {
        JsonString name = new JsonString(role.name());
        if (name.equals(claims.values().members().get("role"))) {
            return claims;
        }
        JsonObjectBuilder all = new JsonObjectBuilder();
        claims.values().members().forEach(all::put);
        JsonObject values = all.put("role", name).build();
        return new Claims(Json.write(values), values);
    }

    private Role role(JsonValue value) {
        if (value instanceof JsonString(String name)) {
            require(
                    !name.isEmpty()
                            && name.length() <= 63
                            && name.indexOf('\0') < 0
                            && !name.equals(NO_ROLE),
                    TokenFault.BAD_CLAIMS);
            return new Role(name);
        }
        throw new ProblemException(new TokenInvalid(TokenFault.BAD_CLAIMS));
    }

    private void checkAudience(@Nullable JsonValue audience) {
        List<String> named =
                switch (audience) {
                    case null -> List.of();
                    case JsonNull _ -> List.of();
                    case JsonString(String text) -> List.of(text);
                    case JsonArray(List<JsonValue> elements) ->
                            elements.stream().map(ClaimsCheck::text).toList();
                    case JsonValue _ -> throw badAudience();
                };
        require(
                named.isEmpty()
                        || rules.audience().isEmpty()
                        || named.contains(rules.audience().get()),
                TokenFault.WRONG_AUDIENCE);
    }

    private static String text(JsonValue value) {
        if (value instanceof JsonString(String text)) {
            return text;
        }
        throw badAudience();
    }

    private static ProblemException badAudience() {
        return new ProblemException(new TokenInvalid(TokenFault.BAD_AUDIENCE));
    }

    private static long second(JsonObject values, String name, long absent, RoundingMode rounding) {
        JsonValue value = values.members().get(name);
        if (value == null) {
            return absent;
        }
        if (value instanceof JsonNumber(BigDecimal number)) {
            require(number.signum() >= 0, TokenFault.BAD_CLAIMS);
            BigDecimal bounded = number.min(LAST_SECOND);
            // A tiny exponent would cost as much as a huge one.
            return bounded.compareTo(BigDecimal.ONE) < 0
                    ? 0
                    : bounded.setScale(0, rounding).longValueExact();
        }
        throw new ProblemException(new TokenInvalid(TokenFault.NOT_A_NUMBER, name));
    }

    private static void require(boolean holds, TokenFault fault) {
        if (!holds) {
            throw new ProblemException(new TokenInvalid(fault));
        }
    }
}
