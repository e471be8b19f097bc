package dev.ashlar.auth.webauthn;

import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.util.List;
import java.util.Optional;

/// What a browser sends of an authenticator's answer (`RegistrationResponseJSON` and
/// `AuthenticationResponseJSON`, WebAuthn Level 3, sections 5.1.8 and 5.1.9), taken apart and
/// within bounds, nothing of it believed. Members are base64url; `id` is the credential's.
public sealed interface AuthenticatorAnswer {
    String id();

    String clientData();

    /// A new credential.
    record Registration(String id, String clientData, String attestation, List<String> transports)
            implements AuthenticatorAnswer {
        public Registration {
            transports = List.copyOf(transports);
        }
    }

    /// A signature; `userHandle` is empty where the authenticator kept none.
    record Authentication(
            String id,
            String clientData,
            String authenticatorData,
            String signature,
            Optional<UserHandle> userHandle)
            implements AuthenticatorAnswer {}

    static Registration registration(JsonObject credential) {
        JsonObject response = response(credential);
        return new Registration(
                id(credential),
                bytes(response, "clientDataJSON", Bounds.CLIENT_DATA),
                bytes(response, "attestationObject", Bounds.ATTESTATION),
                transports(response));
    }

    static Authentication authentication(JsonObject credential) {
        JsonObject response = response(credential);
        return new Authentication(
                id(credential),
                bytes(response, "clientDataJSON", Bounds.CLIENT_DATA),
                bytes(response, "authenticatorData", Bounds.AUTHENTICATOR_DATA),
                bytes(response, "signature", Bounds.SIGNATURE),
                findBytes(response, "userHandle", Bounds.USER_HANDLE).map(UserHandle::new));
    }

    private static String id(JsonObject credential) {
        if (!credential.findText("type").equals(Optional.of("public-key"))) {
            throw invalid("type must be public-key");
        }
        String id = bytes(credential, "rawId", Bounds.CREDENTIAL_ID);
        if (!bytes(credential, "id", Bounds.CREDENTIAL_ID).equals(id)) {
            throw invalid("id and rawId must be the same");
        }
        return id;
    }

    private static JsonObject response(JsonObject credential) {
        return credential.findObject("response").orElseThrow(() -> invalid("response is missing"));
    }

    private static List<String> transports(JsonObject response) {
        return response.find("transports").orElse(new JsonArray(List.of()))
                        instanceof JsonArray(List<JsonValue> words)
                ? words.stream()
                        .filter(JsonString.class::isInstance)
                        .map(word -> ((JsonString) word).text())
                        .filter(Bounds.TRANSPORTS::contains)
                        .distinct()
                        .toList()
                : List.of();
    }

    private static String bytes(JsonObject object, String name, int most) {
        return findBytes(object, name, most).orElseThrow(() -> invalid(name + " is missing"));
    }

    /// Written anew, so that the same bytes are always the same text.
    private static Optional<String> findBytes(JsonObject object, String name, int most) {
        Optional<String> text = object.findText(name).filter(given -> !given.isEmpty());
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.get().length() > most * 2) {
            throw invalid(name + " is too long");
        }
        byte[] bytes =
                Base64Url.find(text.get()).orElseThrow(() -> invalid(name + " must be base64url"));
        if (bytes.length > most) {
            throw invalid(name + " is too long");
        }
        return Optional.of(Base64Url.text(bytes));
    }

    private static ProblemException invalid(String reason) {
        return new ProblemException(new ValidationFailed("Invalid credential: " + reason));
    }

    /// In bytes. Certificates of attestations, which nobody asks for, are the largest part.
    final class Bounds {
        static final int CREDENTIAL_ID = 1_023;
        static final int CLIENT_DATA = 4_096;
        static final int ATTESTATION = 32_768;
        static final int AUTHENTICATOR_DATA = 4_096;
        static final int SIGNATURE = 1_024;
        static final int USER_HANDLE = 64;

        /// The registered ones (WebAuthn Level 3, section 5.8.4); others are left out.
        static final List<String> TRANSPORTS =
                List.of("usb", "nfc", "ble", "smart-card", "hybrid", "internal");

        private Bounds() {}
    }
}
