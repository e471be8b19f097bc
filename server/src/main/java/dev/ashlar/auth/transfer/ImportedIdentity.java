package dev.ashlar.auth.transfer;

import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;

/// By which a user signed in with a foreign provider. `providerId` is the provider's own name for
/// the person, and `details` what it told.
public record ImportedIdentity(String provider, String providerId, JsonObject details) {
    private static final int MAX_CHARS = 255;

    public ImportedIdentity {
        UserFile.require(
                !provider.isBlank() && provider.length() <= MAX_CHARS, "an identity of nobody");
        UserFile.require(
                !providerId.isBlank() && providerId.length() <= MAX_CHARS,
                "an identity of " + provider + " without its id");
    }

    /// As the dialect has it: `provider`, `provider_id` (or `id`, or `sub` within the details), and
    /// `identity_data`.
    static ImportedIdentity of(JsonObject json) {
        JsonObject details = json.findObject("identity_data").orElse(JsonObject.EMPTY);
        String id =
                json.findText("provider_id")
                        .or(() -> details.findText("sub"))
                        .or(() -> json.findText("id"))
                        .orElse("");
        return new ImportedIdentity(json.findText("provider").orElse(""), id, withId(details, id));
    }

    /// Addresses and numbers are columns of the account, and make identities of their own.
    boolean isForeign() {
        return !provider.equals("email") && !provider.equals("phone");
    }

    private static JsonObject withId(JsonObject details, String id) {
        JsonObjectBuilder all = new JsonObjectBuilder().put("sub", id).put("provider_id", id);
        details.members().forEach(all::put);
        return all.build();
    }
}
