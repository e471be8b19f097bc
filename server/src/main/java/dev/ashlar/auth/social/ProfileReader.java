package dev.ashlar.auth.social;

import dev.ashlar.auth.outbound.FetchFailed;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonObject;

/// Asks a provider's own API who has the access token.
public interface ProfileReader {

    /// `tokens` is the answer of the token endpoint.
    Profile read(Api api, JsonObject tokens) throws FetchFailed, SocialFailure;

    /// The provider's API, under the access token.
    interface Api {
        JsonValue get(String url) throws FetchFailed;
    }
}
