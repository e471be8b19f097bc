package dev.ashlar.face.authapi;

import dev.ashlar.auth.AccountAdmin;
import dev.ashlar.auth.AccountAdmin.Deletion;
import dev.ashlar.auth.account.AdminChange;
import dev.ashlar.auth.account.AdminChange.Confirmation;
import dev.ashlar.auth.account.AdminChange.PasswordChoice;
import dev.ashlar.auth.account.UuidText;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.identity.Caller;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `/admin/users`: for bearers of the service role's key.
final class AdminEndpoints {
    private static final int PER_PAGE = 50;
    private static final int MAX_PER_PAGE = 1_000;
    private static final int MAX_PAGE = 1_000_000;
    private static final int MAX_ROLE_CHARS = 63;

    private final AccountAdmin admin;
    private final BearerToken bearer;

    AdminEndpoints(AccountAdmin admin, BearerToken bearer) {
        this.admin = admin;
        this.bearer = bearer;
    }

    HttpResponse list(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        int page = AuthRequests.number(request, "page", 1, MAX_PAGE);
        int perPage = AuthRequests.number(request, "per_page", PER_PAGE, MAX_PER_PAGE);
        AccountAdmin.Page found = admin.list(caller, (page - 1L) * perPage, perPage);
        JsonObject body =
                new JsonObjectBuilder()
                        .put("users", AuthJson.users(found.accounts()))
                        .put("aud", "authenticated")
                        .build();
        return AuthJson.response(body)
                .withHeader("X-Total-Count", Long.toString(found.total()))
                .withHeader(
                        "Link",
                        AuthRequests.links(request, "/admin/users", page, perPage, found.total()));
    }

    HttpResponse create(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        AdminChange wanted = change(AuthBody.parse(request));
        return AuthJson.response(
                AuthJson.user(admin.create(caller, wanted, AuthRequests.visitor(request))));
    }

    HttpResponse one(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        return AuthJson.response(AuthJson.user(admin.require(caller, AuthRequests.account(path))));
    }

    HttpResponse update(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        AdminChange wanted = change(AuthBody.parse(request));
        return AuthJson.response(
                AuthJson.user(
                        admin.update(
                                caller,
                                AuthRequests.account(path),
                                wanted,
                                AuthRequests.visitor(request))));
    }

    HttpResponse delete(HttpRequest request, PathParameters path) {
        Caller caller = bearer.require(request);
        Deletion deletion =
                AuthBody.parseOptional(request).flag("should_soft_delete")
                        ? Deletion.SOFT
                        : Deletion.HARD;
        admin.delete(caller, AuthRequests.account(path), deletion, AuthRequests.visitor(request));
        return AuthJson.response(JsonObject.EMPTY);
    }

    private static AdminChange change(AuthBody body) {
        Optional<String> role = body.findText("role");
        if (role.isPresent() && role.get().length() > MAX_ROLE_CHARS) {
            throw new ProblemException(
                    new ValidationFailed("A role has at most " + MAX_ROLE_CHARS + " characters"));
        }
        return new AdminChange(
                body.findText("id").map(AdminEndpoints::newId).orElse(null),
                body.findEmail("email").orElse(null),
                body.findPhone("phone").orElse(null),
                password(body),
                body.flag("email_confirm") ? Confirmation.CONFIRMED : Confirmation.UNCHANGED,
                body.flag("phone_confirm") ? Confirmation.CONFIRMED : Confirmation.UNCHANGED,
                body.findObject("user_metadata").orElse(null),
                body.findObject("app_metadata").orElse(null),
                body.findText("ban_duration").map(BanDuration::parse).orElse(null),
                role.orElse(null));
    }

    private static @Nullable PasswordChoice password(AuthBody body) {
        Optional<String> plain = body.findText("password");
        Optional<String> hash = body.findText("password_hash");
        if (plain.isPresent() && hash.isPresent()) {
            throw new ProblemException(
                    new ValidationFailed("Only a password or a password hash should be provided"));
        }
        return plain.<PasswordChoice>map(PasswordChoice.Plain::new)
                .or(() -> hash.map(PasswordChoice.Hashed::new))
                .orElse(null);
    }

    private static UUID newId(String text) {
        return UuidText.find(text)
                .orElseThrow(() -> new ProblemException(new ValidationFailed("id must be a UUID")));
    }
}
