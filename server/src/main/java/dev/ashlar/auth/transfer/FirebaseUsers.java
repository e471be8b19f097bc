package dev.ashlar.auth.transfer;

import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What `firebase auth:export users.json` writes. Ids of Firebase are no UUIDs: each becomes the
/// same one at every import, and stands in `app_metadata.firebase_uid`.
final class FirebaseUsers {
    private static final Instant FOR_EVER = Instant.parse("2999-12-31T00:00:00Z");

    private static final Map<String, String> PROVIDERS =
            Map.of(
                    "google.com", "google",
                    "apple.com", "apple",
                    "facebook.com", "facebook",
                    "github.com", "github",
                    "twitter.com", "twitter");

    private FirebaseUsers() {}

    static List<UserLine> read(String text, Optional<FirebaseHashing> hashing) {
        try {
            JsonValue all = Json.parse(text);
            JsonValue users =
                    all instanceof JsonObject object
                            ? object.find("users").orElse(JsonObject.EMPTY)
                            : all;
            if (users instanceof JsonArray(List<JsonValue> elements)) {
                List<UserLine> lines = new ArrayList<>();
                for (JsonValue element : elements) {
                    lines.add(line(lines.size() + 1, element, hashing));
                }
                return lines;
            }
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException("the file is no JSON: " + e.getMessage());
        }
        throw new IllegalArgumentException("the file holds no list of users");
    }

    private static UserLine line(int place, JsonValue value, Optional<FirebaseHashing> hashing) {
        try {
            UserFile.require(value instanceof JsonObject, "not an object");
            return new UserLine.Read(place, user((JsonObject) value, hashing));
        } catch (IllegalArgumentException | MalformedJsonException e) {
            return new UserLine.Faulty(place, String.valueOf(e.getMessage()));
        }
    }

    private static ImportedUser user(JsonObject user, Optional<FirebaseHashing> hashing)
            throws MalformedJsonException {
        String uid =
                user.findText("localId")
                        .orElseThrow(() -> new IllegalArgumentException("localId lacks"));
        String email = user.findText("email").orElse(null);
        String phone = user.findText("phoneNumber").orElse(null);
        List<ImportedIdentity> identities = identities(user);
        UserFile.require(
                email != null || phone != null || !identities.isEmpty(),
                "neither e-mail nor phone");
        Instant created = moment(user, "createdAt");
        JsonObjectBuilder app = new JsonObjectBuilder().put("firebase_uid", uid);
        Optional<String> claims = user.findText("customAttributes");
        if (claims.isPresent() && Json.parse(claims.get()) instanceof JsonObject object) {
            object.members().forEach(app::put);
        }
        return new ImportedUser(
                UUID.nameUUIDFromBytes(("firebase " + uid).getBytes(StandardCharsets.UTF_8)),
                email,
                isTrue(user, "emailVerified") ? or(created) : null,
                phone,
                phone == null ? null : or(created),
                null,
                hash(user, hashing),
                profile(user),
                app.build(),
                identities,
                created,
                isTrue(user, "disabled") ? FOR_EVER : null);
    }

    /// Those of providers whose names for people are the same here; others come without.
    private static List<ImportedIdentity> identities(JsonObject user) {
        if (!(user.find("providerUserInfo").orElse(JsonNull.NULL)
                instanceof JsonArray(List<JsonValue> elements))) {
            return List.of();
        }
        List<ImportedIdentity> identities = new ArrayList<>();
        for (JsonValue element : elements) {
            UserFile.require(element instanceof JsonObject, "providerUserInfo holds no objects");
            JsonObject told = (JsonObject) element;
            String provider = PROVIDERS.get(told.findText("providerId").orElse(""));
            if (provider != null) {
                String id = told.findText("rawId").orElse("");
                identities.add(new ImportedIdentity(provider, id, details(user, told, id)));
            }
        }
        return identities;
    }

    /// Firebase vouches for the account's address alone.
    private static JsonObject details(JsonObject user, JsonObject told, String id) {
        String email = told.findText("email").orElse(null);
        boolean verified =
                email != null
                        && email.equals(user.findText("email").orElse(""))
                        && isTrue(user, "emailVerified");
        return new JsonObjectBuilder()
                .put("sub", id)
                .put("provider_id", id)
                .put("email_verified", verified)
                .putIfPresent("email", email)
                .putIfPresent("full_name", told.findText("displayName").orElse(null))
                .putIfPresent("avatar_url", told.findText("photoUrl").orElse(null))
                .build();
    }

    private static @Nullable String hash(JsonObject user, Optional<FirebaseHashing> hashing) {
        Optional<String> hash = user.findText("passwordHash").filter(text -> !text.isEmpty());
        if (hash.isEmpty()) {
            return null;
        }
        return hashing.orElseThrow(() ->
                        new IllegalArgumentException("has a password: give the hash parameters"))
                .text(user.findText("salt").orElse(""), hash.get());
    }

    private static JsonObject profile(JsonObject user) {
        return new JsonObjectBuilder()
                .putIfPresent("name", user.findText("displayName").orElse(null))
                .putIfPresent("avatar_url", user.findText("photoUrl").orElse(null))
                .build();
    }

    private static @Nullable Instant moment(JsonObject user, String name) {
        return user.findText(name)
                .map(text -> Instant.ofEpochMilli(Long.parseLong(text)))
                .orElse(null);
    }

    private static Instant or(@Nullable Instant at) {
        return at == null ? Instant.EPOCH : at;
    }

    private static boolean isTrue(JsonObject user, String name) {
        return user.find(name).equals(Optional.of(JsonBoolean.TRUE));
    }
}
