package dev.ashlar.face.authapi;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountJson;
import dev.ashlar.auth.account.Factor;
import dev.ashlar.auth.session.IssuedSession;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.List;

/// The dialect's Session, and what answers hold of accounts ([AccountJson]).
final class AuthJson {
    private AuthJson() {}

    /// An answer that no cache may keep.
    static HttpResponse response(JsonObject body) {
        return HttpResponse.json(200, Json.write(body)).withHeader("Cache-Control", "no-store");
    }

    static JsonObject session(IssuedSession session) {
        JsonObjectBuilder json =
                new JsonObjectBuilder()
                        .put("access_token", session.accessToken())
                        .put("token_type", "bearer")
                        .put("expires_in", session.lifetime().toSeconds())
                        .put("expires_at", session.expiresAt().getEpochSecond())
                        .put("refresh_token", session.refreshToken())
                        .put("user", user(session.account()));
        session.provider()
                .ifPresent(tokens -> {
                    json.put("provider_token", tokens.access());
                    json.putIfPresent("provider_refresh_token", tokens.refresh().orElse(null));
                });
        return json.build();
    }

    static JsonObject user(Account account) {
        return AccountJson.user(account);
    }

    static JsonArray users(List<Account> accounts) {
        return new JsonArray(List.copyOf(accounts.stream().map(AccountJson::user).toList()));
    }

    static JsonArray factors(List<Factor> factors) {
        return AccountJson.factors(factors);
    }

    static JsonObject factor(Factor factor) {
        return AccountJson.factor(factor);
    }
}
