package dev.ashlar.face.authapi;

import dev.ashlar.auth.SessionAdmin;
import dev.ashlar.auth.SessionAdmin.Listing;
import dev.ashlar.auth.account.UuidText;
import dev.ashlar.auth.session.RunningSession;
import dev.ashlar.auth.session.Session;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.SessionNotFound;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `/user/sessions` for owners and `/admin/users/{id}/sessions` for trusted servers; beyond the
/// dialect.
final class SessionEndpoints {
    private final SessionAdmin sessions;
    private final BearerToken bearer;

    SessionEndpoints(SessionAdmin sessions, BearerToken bearer) {
        this.sessions = sessions;
        this.bearer = bearer;
    }

    HttpResponse own(HttpRequest request, PathParameters path) {
        return response(sessions.own(bearer.require(request)));
    }

    HttpResponse endOwn(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        sessions.endOwn(caller, session(path), AuthRequests.visitor(request));
        return HttpResponse.empty(204);
    }

    HttpResponse of(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        return response(sessions.of(caller, AuthRequests.account(path)));
    }

    HttpResponse end(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        sessions.end(
                caller, AuthRequests.account(path), session(path), AuthRequests.visitor(request));
        return HttpResponse.empty(204);
    }

    private static HttpResponse response(Listing listing) {
        List<JsonValue> rows =
                List.copyOf(
                        listing.sessions().stream()
                                .map(running -> json(running, listing.current()))
                                .toList());
        return AuthJson.response(
                new JsonObjectBuilder().put("sessions", new JsonArray(rows)).build());
    }

    private static JsonObject json(RunningSession running, Optional<UUID> current) {
        Session session = running.session();
        return new JsonObjectBuilder()
                .put("id", session.id().toString())
                .put("created_at", session.createdAt().toString())
                .put("refreshed_at", text(session.refreshedAt()))
                .put("not_after", text(session.notAfter()))
                .put("aal", session.level())
                .put(
                        "client_id",
                        session.delegation().map(to -> to.clientId().toString()).orElse(null))
                .put("user_agent", running.userAgent())
                .put("ip", running.address())
                .put("current", current.equals(Optional.of(session.id())))
                .build();
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static UUID session(PathParameters path) {
        return UuidText.find(path.require("session"))
                .orElseThrow(() -> new ProblemException(new SessionNotFound()));
    }
}
