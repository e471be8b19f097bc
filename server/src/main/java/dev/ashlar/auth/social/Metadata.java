package dev.ashlar.auth.social;

import dev.ashlar.auth.outbound.Documents;
import dev.ashlar.auth.outbound.FetchFailed;
import dev.ashlar.auth.outbound.Fetcher.Source;
import dev.ashlar.auth.social.Provider.OpenId;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.util.List;
import java.util.Optional;

/// What an issuer says of itself (OpenID Connect Discovery 1.0, 3).
record Metadata(String issuer, JsonObject values) {

    /// Throws [SocialFailure] when the issuer is another one than was asked (Discovery, 4.3).
    static Metadata find(OpenId openId, Documents documents, Source source)
            throws FetchFailed, SocialFailure {
        JsonObject values = documents.find(openId.discoveryUrl(), source);
        String issuer = values.findText("issuer").orElse("");
        if (!issuer.equals(openId.issuer())) {
            throw SocialFailure.badAnswer("the provider's description is of another issuer");
        }
        return new Metadata(issuer, values);
    }

    String require(String name) throws SocialFailure {
        return values.findText(name)
                .orElseThrow(() -> SocialFailure.badAnswer("the provider tells no " + name));
    }

    Optional<String> find(String name) {
        return values.findText(name);
    }

    List<String> list(String name) {
        return values.find(name).orElse(JsonNull.NULL) instanceof JsonArray(var elements)
                ? elements.stream()
                        .filter(JsonString.class::isInstance)
                        .map(element -> ((JsonString) element).text())
                        .toList()
                : List.of();
    }
}
