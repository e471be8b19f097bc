package dev.ashlar.face.authapi;

import dev.ashlar.auth.AuditAdmin;
import dev.ashlar.auth.audit.AuditEntry;
import dev.ashlar.auth.audit.AuditLog;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import java.util.List;

/// `/admin/audit`: the log, the latest entries first, as the dialect has it.
final class AuditEndpoints {
    private static final int PER_PAGE = 50;
    private static final int MAX_PER_PAGE = 1_000;
    private static final int MAX_PAGE = 1_000_000;

    private final AuditAdmin audit;
    private final BearerToken bearer;

    AuditEndpoints(AuditAdmin audit, BearerToken bearer) {
        this.audit = audit;
        this.bearer = bearer;
    }

    HttpResponse list(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        int page = AuthRequests.number(request, "page", 1, MAX_PAGE);
        int perPage = AuthRequests.number(request, "per_page", PER_PAGE, MAX_PER_PAGE);
        AuditLog.Page found =
                audit.page(
                        caller,
                        AuthRequests.findQuery(request, "query")
                                .map(AuditEndpoints::text)
                                .orElse(null),
                        (page - 1L) * perPage,
                        perPage);
        List<JsonValue> rows =
                List.copyOf(found.entries().stream().map(AuditEndpoints::json).toList());
        return HttpResponse.json(200, Json.write(new JsonArray(rows)))
                .withHeader("Cache-Control", "no-store")
                .withHeader("X-Total-Count", Long.toString(found.total()));
    }

    /// `field:text` in the dialect; the text is looked for anywhere.
    private static String text(String query) {
        return query.substring(query.indexOf(':') + 1).replace("\0", "");
    }

    private static JsonObject json(AuditEntry entry) {
        return new JsonObjectBuilder()
                .put("id", entry.id().toString())
                .put("payload", payload(entry))
                .put("created_at", entry.at().toString())
                .put("ip_address", entry.address())
                .build();
    }

    private static JsonValue payload(AuditEntry entry) {
        try {
            return entry.payload().isEmpty() ? JsonNull.NULL : Json.parse(entry.payload());
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("the stored payload is no JSON", e);
        }
    }
}
