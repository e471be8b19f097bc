package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.testing.SoftwareAuthenticator;
import dev.ashlar.testing.SoftwareAuthenticator.Algorithm;
import dev.ashlar.testing.SoftwareAuthenticator.Habits;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// What a page does for a passkey, call by call.
final class PasskeyCalls {
    static final Habits PAGE = new Habits("https://app.example.com", "example.com");

    private PasskeyCalls() {}

    /// A new authenticator with a passkey of the account.
    static SoftwareAuthenticator registered(RunningAuth auth, String token) {
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator(Algorithm.ES256);
        Answer options = auth.call("POST", "/passkeys/registration/options", token, "{}");
        assertThat(
                        verifyRegistration(
                                        auth,
                                        token,
                                        options,
                                        authenticator.create(options.object("options"), PAGE))
                                .status())
                .isEqualTo(200);
        return authenticator;
    }

    static Answer signIn(RunningAuth auth, SoftwareAuthenticator authenticator) {
        Answer request = auth.call("POST", "/passkeys/authentication/options", "", "{}");
        return verifyAuthentication(
                auth, request, authenticator.get(request.object("options"), PAGE));
    }

    static Answer verifyRegistration(
            RunningAuth auth, String token, Answer options, JsonObject credential) {
        return auth.call("POST", "/passkeys/registration/verify", token, body(options, credential));
    }

    static Answer verifyAuthentication(RunningAuth auth, Answer request, JsonObject credential) {
        return auth.call("POST", "/passkeys/authentication/verify", "", body(request, credential));
    }

    static String body(Answer challenge, JsonObject credential) {
        return Json.write(
                new JsonObjectBuilder()
                        .put("challenge_id", challenge.text("challenge_id"))
                        .put("credential", credential)
                        .build());
    }

    static List<JsonObject> items(Answer answer) {
        return ((JsonArray) answer.body().find("items").orElseThrow())
                .elements().stream().map(row -> (JsonObject) row).toList();
    }

    /// Of the access token of a session.
    static JsonObject claims(Answer session) {
        try {
            String token = session.text("access_token");
            byte[] payload =
                    Base64.getUrlDecoder()
                            .decode(
                                    token.substring(
                                            token.indexOf('.') + 1, token.lastIndexOf('.')));
            return (JsonObject) Json.parse(new String(payload, StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }
}
