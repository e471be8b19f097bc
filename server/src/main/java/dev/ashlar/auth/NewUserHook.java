package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.hook.HookEvent;
import dev.ashlar.auth.hook.HookQuestion;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.UUID;

/// The hook that may refuse an account before it is made.
final class NewUserHook {
    private NewUserHook() {}

    /// Throws a [ProblemException] when the owner of the application does not want the account.
    static void ask(SqlTransaction tx, Account account, Visitor visitor, AuthContext context) {
        if (context.hooks().answers(HookEvent.BEFORE_USER_CREATED)) {
            JsonObject user = user(account);
            JsonObject payload =
                    new JsonObjectBuilder()
                            .put("metadata", metadata(visitor, context.now()))
                            .put("user", user)
                            .build();
            context.hooks()
                    .find(tx, new HookQuestion(HookEvent.BEFORE_USER_CREATED, payload, user));
        }
    }

    private static JsonObject metadata(Visitor visitor, Instant now) {
        return new JsonObjectBuilder()
                .put("uuid", UUID.randomUUID().toString())
                .put("time", now.toString())
                .put("name", "before-user-created")
                .put("ip_address", visitor.findIp().orElse(""))
                .build();
    }

    private static JsonObject user(Account account) {
        String email = account.contact().email();
        String phone = account.contact().phone();
        return new JsonObjectBuilder()
                .put("id", account.id().toString())
                .put("aud", account.audience())
                .put("role", account.role())
                .put("email", email == null ? "" : email)
                .put("phone", phone == null ? "" : phone)
                .put("app_metadata", account.metadata().app())
                .put("user_metadata", account.metadata().user())
                .put("is_anonymous", account.kind() == Account.Kind.ANONYMOUS)
                .build();
    }
}
