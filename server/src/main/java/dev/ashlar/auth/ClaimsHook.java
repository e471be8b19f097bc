package dev.ashlar.auth;

import dev.ashlar.auth.hook.HookAnswer;
import dev.ashlar.auth.hook.HookCall;
import dev.ashlar.auth.hook.HookEvent;
import dev.ashlar.auth.hook.HookQuestion;
import dev.ashlar.auth.session.ClaimsChange;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.util.List;
import java.util.Objects;
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

    /// Nor may a hook make a token look as if it were a client's: it would be refused as one.
    private static final List<String> FIXED =
            List.of("iss", "exp", "iat", "sub", "session_id", "client_id");

    private static final List<String> FIXED_OF_CLIENTS =
            List.of("iss", "exp", "iat", "sub", "session_id", "client_id", "scope");

    private static final List<String> TIMES = List.of("iat", "exp");

    private final HookCall hooks;

    ClaimsHook(HookCall hooks) {
        this.hooks = hooks;
    }

    @Override
    public JsonObject apply(SqlTransaction tx, UUID account, JsonObject claims, String method) {
        if (!hooks.answers(HookEvent.CUSTOM_ACCESS_TOKEN)) {
            return claims;
        }
        HookAnswer answer = hooks.find(tx, question(account, claims, method)).orElseThrow();
        JsonObject result =
                answer.said()
                        .findObject("claims")
                        .orElseThrow(() -> refusal("The hook of access tokens answered no claims"));
        requireUnchanged(answer.asked().findObject("claims").orElseThrow(), result);
        JsonObjectBuilder all = new JsonObjectBuilder();
        result.members().forEach(all::put);
        // A webhook was asked a moment ago.
        TIMES.forEach(name -> all.put(name, Objects.requireNonNull(claims.members().get(name))));
        return all.build();
    }

    private static HookQuestion question(UUID account, JsonObject claims, String method) {
        JsonObjectBuilder gist = new JsonObjectBuilder();
        claims.members()
                .forEach((name, value) -> {
                    if (!TIMES.contains(name) && !name.equals("amr")) {
                        gist.put(name, value);
                    }
                });
        JsonObject payload =
                new JsonObjectBuilder()
                        .put("user_id", account.toString())
                        .put("claims", claims)
                        .put("authentication_method", method)
                        .build();
        return new HookQuestion(
                HookEvent.CUSTOM_ACCESS_TOKEN,
                payload,
                gist.put("authentication_method", method).build());
    }

    private static void requireUnchanged(JsonObject claims, JsonObject result) {
        for (String name : REQUIRED) {
            if (result.find(name).isEmpty()) {
                throw refusal("The hook of access tokens took the claim " + name + " away");
            }
        }
        boolean clients = claims.find("client_id").isPresent();
        for (String name : clients ? FIXED_OF_CLIENTS : FIXED) {
            if (!Objects.equals(claims.members().get(name), result.members().get(name))) {
                throw refusal("The hook of access tokens may not change the claim " + name);
            }
        }
    }

    private static ProblemException refusal(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
