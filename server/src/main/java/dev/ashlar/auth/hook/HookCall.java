package dev.ashlar.auth.hook;

import dev.ashlar.auth.config.HooksConfig;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonValue.JsonNumber;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.HookRefused;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Asks the hook of an event, if the settings name one.
///
/// An SQL function is called within the transaction of the caller's: it sees what that wrote, and a
/// refusal rolls everything back. A webhook is called while no transaction is open
/// ([HookedDatabase]).
public final class HookCall {
    private static final int MAX_MESSAGE_CHARS = 500;

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

    /// An id that is the same when the transaction has to run again for a webhook's sake.
    public static UUID freshId(SqlTransaction tx) {
        return tx instanceof HookedTransaction hooked
                ? hooked.memory().nextId()
                : UUID.randomUUID();
    }

    public boolean answers(HookEvent event) {
        return targets.containsKey(event);
    }

    /// Within a transaction of a [HookedDatabase]. Empty without a hook.
    ///
    /// @throws ProblemException when the hook refuses, fails or takes too long
    public Optional<HookAnswer> find(SqlTransaction tx, HookQuestion question) {
        return Optional.ofNullable(targets.get(question.event()))
                .map(target ->
                        switch (target) {
                            case FunctionHook function ->
                                    answer(question, function.call(tx, question.payload()));
                            case WebhookHook _ -> remembered(tx, question);
                        });
    }

    /// Outside of any transaction. Empty without a hook.
    ///
    /// @throws ProblemException when the hook refuses, fails or takes too long
    public Optional<HookAnswer> ask(SqlDatabase database, HookQuestion question) {
        return Optional.ofNullable(targets.get(question.event()))
                .map(target ->
                        switch (target) {
                            case FunctionHook function ->
                                    database.transaction(tx ->
                                            answer(
                                                    question,
                                                    function.call(tx, question.payload())));
                            case WebhookHook _ -> post(question);
                        });
    }

    HookAnswer post(HookQuestion question) {
        if (targets.get(question.event()) instanceof WebhookHook webhook) {
            return answer(question, webhook.call(question.payload()));
        }
        throw new IllegalStateException("no webhook is set for " + question.event());
    }

    private static HookAnswer remembered(SqlTransaction tx, HookQuestion question) {
        if (tx instanceof HookedTransaction hooked) {
            // Nobody is asked about what the database refuses anyway.
            tx.queryAll(List.of());
            return hooked.memory().find(question).orElseThrow(() -> new HookAsked(question));
        }
        throw new IllegalStateException("a webhook is asked outside of HookedDatabase");
    }

    private static HookAnswer answer(HookQuestion question, JsonObject said) {
        Optional<JsonObject> error = said.findObject("error");
        if (error.isPresent()) {
            throw refused(error.get());
        }
        // As the events of attempts say no.
        if (said.findText("decision").filter("reject"::equals).isPresent()) {
            if (question.event() == HookEvent.MFA_VERIFICATION_ATTEMPT) {
                throw new ProblemException(new Refused(ErrorCode.MFA_VERIFICATION_REJECTED));
            }
            throw refused(said);
        }
        return new HookAnswer(question.payload(), said);
    }

    /// `http_code` and `message` are for the caller. Any other status than one of 400 to 499 would
    /// say what is not so: that all went well, or that this server failed.
    static ProblemException refused(JsonObject error) {
        int status =
                error.members().get("http_code") instanceof JsonNumber(var number)
                                && number.scale() <= 0
                                && number.intValue() >= 400
                                && number.intValue() < 500
                        ? number.intValue()
                        : ErrorCode.VALIDATION_FAILED.status();
        String message =
                error.findText("message")
                        .filter(text -> !text.isBlank())
                        .orElse("The request was refused by a hook");
        return new ProblemException(
                new HookRefused(
                        status,
                        message.length() > MAX_MESSAGE_CHARS
                                ? message.substring(0, MAX_MESSAGE_CHARS)
                                : message));
    }

    /// The hook did not do what hooks have to.
    static ProblemException failed(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
