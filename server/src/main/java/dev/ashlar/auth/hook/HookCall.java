package dev.ashlar.auth.hook;

import dev.ashlar.auth.config.HooksConfig;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Asks the hook of an event, if the settings name one.
///
/// Within the transaction of the caller's: an SQL function sees what the transaction wrote, and a
/// refusal rolls everything back. A webhook holds the transaction open for as long as it takes,
/// which its time limit bounds.
public final class HookCall {
    private final Map<HookEvent, HookTarget> targets = new EnumMap<>(HookEvent.class);

    public HookCall(HooksConfig config) {
        for (HookEvent event : HookEvent.values()) {
            event.findTarget(config)
                    .ifPresent(text -> targets.put(event, target(URI.create(text), config)));
        }
    }

    private static HookTarget target(URI uri, HooksConfig config) {
        return "pg-functions".equalsIgnoreCase(uri.getScheme())
                ? FunctionHook.of(uri, config.functionTimeout())
                : new WebhookHook(uri, config);
    }

    public boolean answers(HookEvent event) {
        return targets.containsKey(event);
    }

    /// Empty without a hook.
    ///
    /// @throws ProblemException when the hook refuses, fails or takes too long
    public Optional<JsonObject> find(SqlTransaction tx, HookEvent event, JsonObject payload) {
        HookTarget target = targets.get(event);
        if (target == null) {
            return Optional.empty();
        }
        JsonObject answer = target.call(tx, payload);
        Optional<JsonObject> error = answer.findObject("error");
        if (error.isPresent()) {
            throw refused(error.get().findText("message"));
        }
        // As the events of attempts say no.
        if (answer.findText("decision").filter("reject"::equals).isPresent()) {
            if (event == HookEvent.MFA_VERIFICATION_ATTEMPT) {
                throw new ProblemException(new Refused(ErrorCode.MFA_VERIFICATION_REJECTED));
            }
            throw refused(answer.findText("message"));
        }
        return Optional.of(answer);
    }

    static ProblemException refused(Optional<String> message) {
        return new ProblemException(
                new ValidationFailed(message.orElse("The request was refused by a hook")));
    }
}
