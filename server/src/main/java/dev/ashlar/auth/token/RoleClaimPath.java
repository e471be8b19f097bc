package dev.ashlar.auth.token;

import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Optional;

/// Where in the claims the role stands: `role`, `.app.roles[0]`, `."https://example.com/role"`, or
/// by a condition, `.roles[?(@ ^== "app_")]` (PostgREST's reference, "JWT Role Extraction"); also
/// as a JSONPath of RFC 9535, `$.app.roles[?search(@, "^app_")]`. The first value counts.
public final class RoleClaimPath {
    private final List<ClaimStep> steps;

    private RoleClaimPath(List<ClaimStep> steps) {
        this.steps = List.copyOf(steps);
    }

    /// @throws IllegalArgumentException for what is no path
    public static RoleClaimPath parse(String text) {
        return new RoleClaimPath(new ClaimPathParser(text).path());
    }

    Optional<JsonValue> find(JsonObject claims) {
        return ClaimStep.follow(claims, steps).findFirst();
    }
}
