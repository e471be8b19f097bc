package dev.ashlar.auth.hook;

import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A function of the database that takes the event as jsonb and answers jsonb; it runs as the owner
/// of the accounts, who must be granted it.
final class FunctionHook implements HookTarget {
    private static final String CANCELED = "57014";

    private final HookStore store = new HookStore();
    private final String schema;
    private final String function;
    private final Duration limit;

    private FunctionHook(String schema, String function, Duration limit) {
        this.schema = schema;
        this.function = function;
        this.limit = limit;
    }

    static FunctionHook of(URI uri, Duration limit) {
        String[] path = uri.getPath().split("/");
        return new FunctionHook(path[1], path[2], limit);
    }

    JsonObject call(SqlTransaction tx, JsonObject payload) {
        // What was posted must not fail in the function's name.
        tx.queryAll(List.of());
        Optional<String> answer;
        try {
            answer = store.call(tx, schema, function, Json.write(payload), limit);
        } catch (ProblemException e) {
            if (e.problem() instanceof DataProblem.Rejected rejected) {
                throw rejected.sqlState().equals(CANCELED)
                        ? new ProblemException(new AuthProblem.Refused(ErrorCode.HOOK_TIMEOUT), e)
                        : HookCall.failed("Error running hook: " + rejected.message());
            }
            throw e;
        }
        String text = answer.orElse("");
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new ProblemException(
                    new AuthProblem.Refused(ErrorCode.HOOK_PAYLOAD_OVER_SIZE_LIMIT));
        }
        return HookTarget.parse(text);
    }
}
