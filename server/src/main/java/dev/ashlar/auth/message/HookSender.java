package dev.ashlar.auth.message;

import dev.ashlar.auth.hook.HookAnswer;
import dev.ashlar.auth.hook.HookCall;
import dev.ashlar.auth.hook.HookEvent;
import dev.ashlar.auth.hook.HookQuestion;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.Problem;
import dev.ashlar.problem.ProblemException;
import java.util.Set;

/// Hands messages to hooks, which send them by whatever means they like.
final class HookSender {
    /// The hook has answered, if not well: it may have sent the message.
    private static final Set<ErrorCode> ANSWERED =
            Set.of(
                    ErrorCode.HOOK_PAYLOAD_OVER_SIZE_LIMIT,
                    ErrorCode.HOOK_PAYLOAD_INVALID_CONTENT_TYPE);

    private final HookCall hooks;
    private final SqlDatabase database;

    HookSender(HookCall hooks, SqlDatabase database) {
        this.hooks = hooks;
        this.database = database;
    }

    void mail(JsonObject payload) throws SendingFailed {
        try {
            hooks.ask(database, new HookQuestion(HookEvent.SEND_EMAIL, payload));
        } catch (ProblemException e) {
            throw new SendingFailed(
                    isFinal(e.problem())
                            ? SendingFailed.Kind.PERMANENT
                            : SendingFailed.Kind.PASSING,
                    "the hook did not take it: " + e.problem().code().word(),
                    e);
        }
    }

    /// The hook's name for the message, if it has one. What it says against it is for the caller.
    String text(TextMessage message) {
        JsonObject payload =
                new JsonObjectBuilder()
                        .put("user", message.user())
                        .put(
                                "sms",
                                new JsonObjectBuilder()
                                        .put("otp", message.code())
                                        .put("phone", "+" + message.phone())
                                        .put("channel", message.channel().word())
                                        .build())
                        .build();
        return hooks.ask(database, new HookQuestion(HookEvent.SEND_SMS, payload))
                .map(HookAnswer::said)
                .flatMap(said -> said.findText("message_id"))
                .orElse("");
    }

    private static boolean isFinal(Problem problem) {
        return problem instanceof AuthProblem.HookRefused || ANSWERED.contains(problem.code());
    }
}
