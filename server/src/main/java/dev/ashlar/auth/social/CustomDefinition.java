package dev.ashlar.auth.social;

import dev.ashlar.auth.outbound.Fetcher.Source;
import dev.ashlar.auth.social.CustomProvider.ProviderType;
import dev.ashlar.auth.social.Profile.EmailStatus;
import dev.ashlar.auth.social.Provider.Asking;
import dev.ashlar.auth.social.Provider.Authentication;
import dev.ashlar.auth.social.Provider.Client;
import dev.ashlar.auth.social.Provider.Nonce;
import dev.ashlar.auth.social.Provider.OAuth;
import dev.ashlar.auth.social.Provider.OpenId;
import dev.ashlar.auth.social.Provider.Pkce;
import dev.ashlar.auth.social.Provider.Presence;
import dev.ashlar.auth.social.Provider.Protocol;
import dev.ashlar.auth.social.Provider.Rules;
import dev.ashlar.auth.social.Provider.Trust;
import dev.ashlar.config.Secret;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an admin has said of a custom provider: checked when it comes, and turned into a
/// [Provider].
public final class CustomDefinition {
    /// Where a path of names leads into objects, such as `data.id`.
    private static final int MAX_PATH = 5;

    private static final int MAX_CHARS = 2_048;
    private static final int MAX_ITEMS = 50;

    private static final List<String> TEXTS = List.of("name", "client_id");
    private static final List<String> URLS =
            List.of(
                    "issuer",
                    "discovery_url",
                    "authorization_url",
                    "token_url",
                    "userinfo_url",
                    "jwks_uri");
    private static final List<String> FLAGS =
            List.of("pkce_enabled", "email_optional", "skip_nonce_check");
    private static final List<String> LISTS = List.of("scopes", "acceptable_client_ids");
    private static final List<String> MAPS = List.of("attribute_mapping", "authorization_params");

    private CustomDefinition() {}

    /// The known members of what was sent over those that were there. Throws [ValidationFailed].
    public static JsonObject merged(JsonObject old, JsonObject sent, ProviderType type) {
        Map<String, JsonValue> all = new LinkedHashMap<>(old.members());
        sent.members()
                .forEach((name, value) -> {
                    if (isKnown(name)) {
                        if (value == JsonNull.NULL) {
                            all.remove(name);
                        } else {
                            check(name, value);
                            all.put(name, value);
                        }
                    }
                });
        JsonObjectBuilder built = new JsonObjectBuilder();
        all.forEach(built::put);
        JsonObject merged = built.build();
        List<String> needed =
                type == ProviderType.OIDC
                        ? List.of("name", "client_id", "issuer")
                        : List.of(
                                "name",
                                "client_id",
                                "authorization_url",
                                "token_url",
                                "userinfo_url");
        for (String name : needed) {
            if (merged.findText(name).filter(text -> !text.isBlank()).isEmpty()) {
                throw invalid(name + " is required");
            }
        }
        if (type == ProviderType.OAUTH2 && merged.find("jwks_uri").isPresent()) {
            throw invalid("jwks_uri is for oidc: plain OAuth 2.0 has no id tokens to verify");
        }
        return merged;
    }

    /// The URLs in it, which are to be checked before anybody follows them.
    public static List<String> urls(JsonObject definition) {
        return URLS.stream().flatMap(name -> definition.findText(name).stream()).toList();
    }

    static Provider provider(CustomProvider custom, Secret secret, String callback) {
        JsonObject definition = custom.definition();
        List<String> ids = new ArrayList<>();
        ids.add(definition.findText("client_id").orElse(""));
        ids.addAll(list(definition, "acceptable_client_ids"));
        List<String> scopes = new ArrayList<>(list(definition, "scopes"));
        if (custom.type() == ProviderType.OIDC && !scopes.contains("openid")) {
            scopes.addFirst("openid");
        }
        if (scopes.equals(List.of("openid"))) {
            scopes.addAll(List.of("email", "profile"));
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        definition
                .findObject("authorization_params")
                .orElse(JsonObject.EMPTY)
                .members()
                .forEach((name, value) -> {
                    if (value instanceof JsonString(String text)) {
                        parameters.put(name, text);
                    }
                });
        return new Provider(
                custom.identifier(),
                protocol(custom),
                new Client(ids, Optional.of(secret), Authentication.IN_BODY, callback),
                new Asking(
                        scopes,
                        parameters,
                        flag(definition, "pkce_enabled", true) ? Pkce.ALWAYS : Pkce.NEVER),
                new Rules(
                        Trust.CLAIM,
                        flag(definition, "skip_nonce_check", false) ? Nonce.SKIPPED : Nonce.CHECKED,
                        flag(definition, "email_optional", false)
                                ? Presence.OPTIONAL
                                : Presence.REQUIRED),
                Source.CALLER);
    }

    private static Protocol protocol(CustomProvider custom) {
        JsonObject definition = custom.definition();
        if (custom.type() == ProviderType.OIDC) {
            String issuer = definition.findText("issuer").orElseThrow();
            OpenId usual = Presets.issuer(issuer);
            return new OpenId(
                    definition.findText("discovery_url").orElse(usual.discoveryUrl()),
                    issuer,
                    definition.findText("jwks_uri"));
        }
        String userInfo = definition.findText("userinfo_url").orElseThrow();
        JsonObject mapping = definition.findObject("attribute_mapping").orElse(JsonObject.EMPTY);
        return new OAuth(
                definition.findText("authorization_url").orElseThrow(),
                definition.findText("token_url").orElseThrow(),
                (api, _) -> {
                    JsonObject claims = mapped(Profiles.object(api.get(userInfo)), mapping);
                    return Profiles.claims(
                            userInfo,
                            claims,
                            EmailStatus.of(Profiles.isTrue(claims, "email_verified")));
                },
                Optional.empty());
    }

    /// With our names for what the provider calls otherwise. `id` stands for a missing subject.
    private static JsonObject mapped(JsonObject told, JsonObject mapping) {
        Map<String, JsonValue> all = new LinkedHashMap<>(told.members());
        told.find("id").ifPresent(id -> all.putIfAbsent("sub", id));
        mapping.members()
                .forEach((ours, theirs) -> {
                    if (theirs instanceof JsonString(String path)) {
                        all.put(ours, at(told, path));
                    }
                });
        JsonObjectBuilder built = new JsonObjectBuilder();
        all.forEach(built::put);
        return built.build();
    }

    private static JsonValue at(JsonObject start, String path) {
        JsonValue value = start;
        for (String name : path.split("\\.", MAX_PATH)) {
            value =
                    value instanceof JsonObject object
                            ? object.find(name).orElse(JsonNull.NULL)
                            : JsonNull.NULL;
        }
        return value;
    }

    private static boolean isKnown(String name) {
        return TEXTS.contains(name)
                || URLS.contains(name)
                || FLAGS.contains(name)
                || LISTS.contains(name)
                || MAPS.contains(name);
    }

    private static void check(String name, JsonValue value) {
        boolean good =
                switch (value) {
                    case JsonString(String text) ->
                            (TEXTS.contains(name) || URLS.contains(name))
                                    && text.length() <= MAX_CHARS;
                    case JsonBoolean _ -> FLAGS.contains(name);
                    case JsonArray(var items) ->
                            LISTS.contains(name)
                                    && items.size() <= MAX_ITEMS
                                    && items.stream().allMatch(CustomDefinition::isShort);
                    case JsonObject(var members) ->
                            MAPS.contains(name)
                                    && members.size() <= MAX_ITEMS
                                    && members.values().stream()
                                            .allMatch(CustomDefinition::isShort);
                    default -> false;
                };
        if (!good) {
            throw invalid(name + " is not of the right kind or too long");
        }
    }

    private static boolean isShort(JsonValue value) {
        return value instanceof JsonString(String text) && text.length() <= MAX_CHARS;
    }

    private static List<String> list(JsonObject definition, String name) {
        return definition.find(name).orElse(JsonNull.NULL) instanceof JsonArray(var items)
                ? items.stream().map(item -> ((JsonString) item).text()).toList()
                : List.of();
    }

    private static boolean flag(JsonObject definition, String name, boolean absent) {
        return definition.find(name).map(value -> value == JsonBoolean.TRUE).orElse(absent);
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
