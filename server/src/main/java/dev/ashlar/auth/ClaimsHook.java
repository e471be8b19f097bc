package dev.ashlar.auth;

import dev.ashlar.auth.hook.HookCall;
import dev.ashlar.auth.hook.HookEvent;
import dev.ashlar.auth.session.ClaimsChange;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The hook that adds claims to access tokens, or changes and takes away some. Whom a token stands
/// for, and for how long, is not the hook's to say.
final class ClaimsHook implements ClaimsChange {
    /// As the dialect has them; each must be there afterwards.
    private static final List<String> REQUIRED =
            List.of(
                    "aud",
                    "exp",
                    "iat",
                    "sub",
                    "email",
                    "phone",
                    "role",
                    "aal",
                    "session_id",
                    "is_anonymous");

    private static final List<String> FIXED =
            List.of("iss", "exp", "iat", "sub", "session_id", "client_id", "scope");

    private final HookCall hooks;

    ClaimsHook(HookCall hooks) {
        this.hooks = hooks;
    }

    @Override
    public JsonObject apply(SqlTransaction tx, UUID account, JsonObject claims, String method) {
        if (!hooks.answers(HookEvent.CUSTOM_ACCESS_TOKEN)) {
            return claims;
        }
        JsonObject payload =
                new JsonObjectBuilder()
                        .put("user_id", account.toString())
                        .put("claims", claims)
                        .put("authentication_method", method)
                        .build();
        Optional<JsonObject> changed =
                hooks.find(tx, HookEvent.CUSTOM_ACCESS_TOKEN, payload)
                        .flatMap(answer -> answer.findObject("claims"));
        JsonObject result =
                changed.orElseThrow(() -> refusal("The hook of access tokens answered no claims"));
        for (String name : REQUIRED) {
            if (result.find(name).isEmpty()) {
                throw refusal("The hook of access tokens took the claim " + name + " away");
            }
        }
        for (String name : FIXED) {
            JsonValue before = claims.members().get(name);
            if (before != null && !before.equals(result.members().get(name))) {
                throw refusal("The hook of access tokens may not change the claim " + name);
            }
        }
        return result;
    }

    private static ProblemException refusal(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
