package dev.ashlar.face.authapi;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountJson;
import dev.ashlar.auth.account.Factor;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.List;

/// What answers hold of accounts ([AccountJson]); the dialect's Session is worded by
/// [SessionAnswers] alone.
final class AuthJson {
    private AuthJson() {}

    /// An answer that no cache may keep.
    static HttpResponse response(JsonObject body) {
        return HttpResponse.json(200, Json.write(body)).withHeader("Cache-Control", "no-store");
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
