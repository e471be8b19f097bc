package dev.ashlar.auth;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.UUID;

/// What the hook that may refuse new accounts is told.
final class NewUserPayload {
    private NewUserPayload() {}

    static JsonObject of(Account account, Visitor visitor, Instant now) {
        String email = account.contact().email();
        String phone = account.contact().phone();
        return new JsonObjectBuilder()
                .put(
                        "metadata",
                        new JsonObjectBuilder()
                                .put("uuid", UUID.randomUUID().toString())
                                .put("time", now.toString())
                                .put("name", "before-user-created")
                                .put("ip_address", visitor.findIp().orElse(""))
                                .build())
                .put(
                        "user",
                        new JsonObjectBuilder()
                                .put("id", account.id().toString())
                                .put("aud", account.audience())
                                .put("role", account.role())
                                .put("email", email == null ? "" : email)
                                .put("phone", phone == null ? "" : phone)
                                .put("app_metadata", account.metadata().app())
                                .put("user_metadata", account.metadata().user())
                                .put("is_anonymous", account.kind() == Account.Kind.ANONYMOUS)
                                .build())
                .build();
    }
}
