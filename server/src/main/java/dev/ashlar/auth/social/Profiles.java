package dev.ashlar.auth.social;

import dev.ashlar.auth.outbound.FetchFailed;
import dev.ashlar.auth.social.Profile.EmailStatus;
import dev.ashlar.auth.social.Profile.Told;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonNumber;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What each provider's own API says of people, as its public documentation has it. An address
/// counts as verified only where the API says so of that very address.
final class Profiles {
    private Profiles() {}

    /// The public address may be unverified, or absent: the list of addresses has both.
    static ProfileReader github(String root) {
        return (api, tokens) -> {
            JsonObject user = object(api.get(root + "/user"));
            JsonObject best = JsonObject.EMPTY;
            for (JsonObject one : objects(api.get(root + "/user/emails"))) {
                boolean primary = isTrue(one, "primary");
                if (primary || (isTrue(one, "verified") && !isTrue(best, "verified"))) {
                    best = one;
                }
                if (primary && isTrue(one, "verified")) {
                    break;
                }
            }
            return Profile.of(
                    new Told(
                            root,
                            text(user, "id"),
                            text(best, "email"),
                            EmailStatus.of(isTrue(best, "verified")),
                            text(user, "name"),
                            text(user, "login"),
                            text(user, "avatar_url")));
        };
    }

    static ProfileReader discord(String root) {
        return (api, tokens) -> {
            JsonObject user = object(api.get(root + "/api/users/@me"));
            String id = text(user, "id");
            String avatar = text(user, "avatar");
            return Profile.of(
                    new Told(
                            root + "/api",
                            id,
                            text(user, "email"),
                            EmailStatus.of(isTrue(user, "verified")),
                            first(text(user, "global_name"), text(user, "username")),
                            text(user, "username"),
                            avatar == null
                                    ? null
                                    : "https://cdn.discordapp.com/avatars/%s/%s.png"
                                            .formatted(id, avatar)));
        };
    }

    /// Nothing is said about whether the address was verified.
    static ProfileReader facebook(String root) {
        return (api, tokens) -> {
            JsonObject user =
                    object(api.get(root + "/me?fields=id,name,email,picture.type(large)"));
            JsonObject picture =
                    user.findObject("picture")
                            .flatMap(found -> found.findObject("data"))
                            .orElse(JsonObject.EMPTY);
            return unverified(
                    root, user, text(user, "name"), text(user, "name"), text(picture, "url"));
        };
    }

    static ProfileReader bitbucket(String root) {
        return (api, tokens) -> {
            JsonObject user = object(api.get(root + "/2.0/user"));
            JsonObject list = object(api.get(root + "/2.0/user/emails"));
            JsonObject best = JsonObject.EMPTY;
            for (JsonObject one : objects(list.find("values").orElse(JsonNull.NULL))) {
                if (isTrue(one, "is_primary")) {
                    best = one;
                }
            }
            JsonObject avatar =
                    user.findObject("links")
                            .flatMap(links -> links.findObject("avatar"))
                            .orElse(JsonObject.EMPTY);
            return Profile.of(
                    new Told(
                            root,
                            text(user, "uuid"),
                            text(best, "email"),
                            EmailStatus.of(isTrue(best, "is_confirmed")),
                            text(user, "display_name"),
                            first(text(user, "nickname"), text(user, "username")),
                            text(avatar, "href")));
        };
    }

    /// The documentation warns that the address was not verified.
    static ProfileReader spotify(String root) {
        return (api, tokens) -> {
            JsonObject user = object(api.get(root + "/v1/me"));
            List<JsonObject> images = objects(user.find("images").orElse(JsonNull.NULL));
            String name = text(user, "display_name");
            return unverified(
                    root,
                    user,
                    name,
                    name,
                    images.isEmpty() ? null : text(images.getFirst(), "url"));
        };
    }

    /// `confirmed_email` is there only when it was confirmed.
    static ProfileReader x(String root) {
        return (api, tokens) -> {
            JsonObject user =
                    object(
                                    api.get(
                                            root
                                                    + "/2/users/me?user.fields="
                                                    + "profile_image_url,confirmed_email"))
                            .findObject("data")
                            .orElse(JsonObject.EMPTY);
            return Profile.of(
                    new Told(
                            root,
                            text(user, "id"),
                            text(user, "confirmed_email"),
                            EmailStatus.VERIFIED,
                            text(user, "name"),
                            text(user, "username"),
                            text(user, "profile_image_url")));
        };
    }

    /// The person comes with the tokens.
    static ProfileReader notion(String root) {
        return (api, tokens) -> {
            JsonObject user =
                    tokens.findObject("owner")
                            .flatMap(owner -> owner.findObject("user"))
                            .orElse(JsonObject.EMPTY);
            JsonObject person = user.findObject("person").orElse(JsonObject.EMPTY);
            return Profile.of(
                    new Told(
                            root,
                            text(user, "id"),
                            text(person, "email"),
                            EmailStatus.UNVERIFIED,
                            text(user, "name"),
                            null,
                            text(user, "avatar_url")));
        };
    }

    static ProfileReader zoom(String root) {
        return (api, tokens) -> {
            JsonObject user = object(api.get(root + "/v2/users/me"));
            String name =
                    (first(text(user, "first_name"), "") + " " + first(text(user, "last_name"), ""))
                            .strip();
            return Profile.of(
                    new Told(
                            root,
                            text(user, "id"),
                            text(user, "email"),
                            EmailStatus.of("1".equals(text(user, "verified"))),
                            first(text(user, "display_name"), name),
                            null,
                            text(user, "pic_url")));
        };
    }

    static ProfileReader figma(String root) {
        return (api, tokens) -> {
            JsonObject user = object(api.get(root + "/v1/me"));
            String handle = text(user, "handle");
            return unverified(root, user, handle, handle, text(user, "img_url"));
        };
    }

    /// An address counts only when it is valid and verified, which are two claims.
    static ProfileReader kakao(String root) {
        return (api, tokens) -> {
            JsonObject user = object(api.get(root + "/v2/user/me"));
            JsonObject account = user.findObject("kakao_account").orElse(JsonObject.EMPTY);
            JsonObject profile = account.findObject("profile").orElse(JsonObject.EMPTY);
            boolean verified =
                    isTrue(account, "is_email_valid") && isTrue(account, "is_email_verified");
            String name = text(profile, "nickname");
            return Profile.of(
                    new Told(
                            root,
                            text(user, "id"),
                            text(account, "email"),
                            EmailStatus.of(verified),
                            name,
                            name,
                            text(profile, "profile_image_url")));
        };
    }

    /// The profile comes with the tokens; whoever runs the connection writes the address.
    static ProfileReader workos(String root) {
        return (api, tokens) -> {
            JsonObject user = tokens.findObject("profile").orElse(JsonObject.EMPTY);
            String name =
                    (first(text(user, "first_name"), "") + " " + first(text(user, "last_name"), ""))
                            .strip();
            return unverified(root, user, name, null, null);
        };
    }

    static ProfileReader fly(String root) {
        return (api, tokens) -> {
            JsonObject user = object(api.get(root + "/oauth/token/info"));
            return Profile.of(
                    new Told(
                            root,
                            text(user, "user_id"),
                            text(user, "email"),
                            EmailStatus.UNVERIFIED,
                            text(user, "user_name"),
                            null,
                            null));
        };
    }

    /// Claims of OpenID Connect (Core 1.0, 5.1), as an id token or an endpoint of the issuer's has
    /// them.
    static Profile claims(String issuer, JsonObject claims, EmailStatus status)
            throws SocialFailure {
        return Profile.of(
                new Told(
                        issuer,
                        text(claims, "sub"),
                        text(claims, "email"),
                        status,
                        first(
                                text(claims, "name"),
                                (first(text(claims, "given_name"), "")
                                                + " "
                                                + first(text(claims, "family_name"), ""))
                                        .strip()),
                        first(text(claims, "preferred_username"), text(claims, "nickname")),
                        text(claims, "picture")));
    }

    /// True, or the text or number that some write for it.
    static boolean isTrue(JsonObject object, String name) {
        JsonValue value = object.find(name).orElse(JsonNull.NULL);
        return value == JsonBoolean.TRUE
                || value.equals(new JsonString("true"))
                || value.equals(new JsonString("1"))
                || value.equals(JsonNumber.of(1));
    }

    /// Numbers too, as ids may be.
    static @Nullable String text(JsonObject object, String name) {
        return switch (object.find(name).orElse(JsonNull.NULL)) {
            case JsonString(String text) -> text;
            case JsonNumber number -> number.plain();
            default -> null;
        };
    }

    static JsonObject object(JsonValue value) throws FetchFailed {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new FetchFailed(FetchFailed.Kind.BAD_ANSWER, "the answer is no JSON object");
    }

    private static Profile unverified(
            String root,
            JsonObject user,
            @Nullable String name,
            @Nullable String userName,
            @Nullable String picture)
            throws SocialFailure {
        return Profile.of(
                new Told(
                        root,
                        text(user, "id"),
                        text(user, "email"),
                        EmailStatus.UNVERIFIED,
                        name,
                        userName,
                        picture));
    }

    private static List<JsonObject> objects(JsonValue value) {
        return value instanceof JsonArray(var elements)
                ? elements.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }

    private static String first(@Nullable String one, @Nullable String other) {
        return Optional.ofNullable(one)
                .filter(text -> !text.isBlank())
                .orElse(other == null ? "" : other);
    }
}
