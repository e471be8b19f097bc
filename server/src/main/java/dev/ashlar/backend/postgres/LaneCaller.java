package dev.ashlar.backend.postgres;

import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Claims;
import dev.ashlar.identity.Role;
import dev.ashlar.intent.RequestContext;
import dev.ashlar.intent.Transaction;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// On whose behalf a statement runs, and what holds in its transaction.
///
/// @param settings what is set besides, under the caller's role, as a JSON object of names and
///   values; null for nothing
record LaneCaller(Caller caller, Transaction transaction, @Nullable String settings) {
    static LaneCaller of(Caller caller, Transaction transaction, Map<String, String> settings) {
        if (settings.isEmpty()) {
            return new LaneCaller(caller, transaction, null);
        }
        JsonObjectBuilder object = new JsonObjectBuilder();
        settings.forEach(object::put);
        return new LaneCaller(caller, transaction, Json.write(object.build()));
    }

    /// A transaction that is committed, in which names are looked up as configured.
    static LaneCaller outsideRequests(Caller caller) {
        return new LaneCaller(caller, Transaction.committing(""), null);
    }

    /// Whether dates may come in another style than ISO's.
    boolean bringsDateStyle() {
        return settings != null && settings.toLowerCase(Locale.ROOT).contains("\"datestyle\"");
    }

    Role role() {
        return caller.role();
    }

    Claims claims() {
        return caller.claims();
    }

    RequestContext request() {
        return transaction.request();
    }

    String schema() {
        return transaction.schema();
    }
}
