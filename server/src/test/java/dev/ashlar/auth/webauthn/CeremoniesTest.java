package dev.ashlar.auth.webauthn;

import static dev.ashlar.testing.SoftwareAuthenticator.BACKED_UP;
import static dev.ashlar.testing.SoftwareAuthenticator.BACKUP_ELIGIBLE;
import static dev.ashlar.testing.SoftwareAuthenticator.PRESENT;
import static dev.ashlar.testing.SoftwareAuthenticator.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.auth.webauthn.Ceremonies.Assertion;
import dev.ashlar.auth.webauthn.Ceremonies.Expected;
import dev.ashlar.auth.webauthn.CeremonyOptions.Person;
import dev.ashlar.auth.webauthn.CeremonyOptions.ResidentKey;
import dev.ashlar.auth.webauthn.CeremonyOptions.Wish;
import dev.ashlar.auth.webauthn.WebAuthnCredential.Backup;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.testing.SoftwareAuthenticator;
import dev.ashlar.testing.SoftwareAuthenticator.Algorithm;
import dev.ashlar.testing.SoftwareAuthenticator.Habits;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Good answers of every algorithm are taken, and each way to be wrong is refused.
class CeremoniesTest {
    private static final RelyingParty PARTY =
            new RelyingParty("example.com", "Example", Set.of("https://app.example.com"));
    private static final Habits GOOD = new Habits("https://app.example.com", "example.com");
    private static final UUID PERSON = UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f");
    private static final Ceremonies CEREMONIES = new Ceremonies();

    private final String challenge = OneTimeSecret.next();

    @ParameterizedTest
    @EnumSource(names = {"ES256", "EDDSA", "RS256"})
    void eachAlgorithmRegistersAndSigns(Algorithm algorithm) {
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator(algorithm);
        WebAuthnCredential credential = register(authenticator, GOOD).orElseThrow();
        assertThat(credential.id()).isEqualTo(authenticator.id());
        assertThat(credential.transports()).containsExactly("internal");
        assertThat(credential.backup()).isEqualTo(Backup.NOT_ELIGIBLE);
        WebAuthnCredential used = accepted(sign(authenticator, credential, GOOD));
        assertThat(used.signCount()).isEqualTo(1);
        assertThat(used.publicKey()).isEqualTo(credential.publicKey());
        assertThat(accepted(sign(authenticator, used, GOOD)).signCount()).isEqualTo(2);
    }

    @Test
    void anAlgorithmThatWasNotAskedForIsRefused() {
        assertThat(register(new SoftwareAuthenticator(Algorithm.ES384), GOOD)).isEmpty();
    }

    static Stream<Habits> wrongs() {
        return Stream.of(
                new Habits("https://evil.example.com", "example.com"),
                new Habits("http://app.example.com", "example.com"),
                new Habits("https://app.example.com:8443", "example.com"),
                new Habits("https://app.example.com", "evil.example"),
                GOOD.withChallenge(OneTimeSecret.next()),
                GOOD.withType("payment.get"),
                GOOD.inForeignFrame(),
                GOOD.withFlags(PRESENT),
                GOOD.withFlags(VERIFIED),
                GOOD.withFlags(0));
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void wrongsAreRefused(Habits wrong) {
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator(Algorithm.ES256);
        assertThat(register(authenticator, wrong)).isEmpty();
        WebAuthnCredential credential = register(authenticator, GOOD).orElseThrow();
        assertThat(sign(authenticator, credential, wrong)).isEqualTo(new Assertion.Refused());
    }

    @Test
    void theOtherCeremonyIsRefused() {
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator(Algorithm.ES256);
        assertThat(register(authenticator, GOOD.withType("webauthn.get"))).isEmpty();
        WebAuthnCredential credential = register(authenticator, GOOD).orElseThrow();
        assertThat(sign(authenticator, credential, GOOD.withType("webauthn.create")))
                .isEqualTo(new Assertion.Refused());
    }

    @Test
    void presenceAloneIsEnoughWhereVerificationIsNotRequired() {
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator(Algorithm.ES256);
        Expected expected = expected(UserVerification.PREFERRED);
        WebAuthnCredential credential =
                CEREMONIES
                        .register(expected, created(authenticator, GOOD.withFlags(PRESENT)))
                        .orElseThrow();
        assertThat(
                        CEREMONIES.authenticate(
                                expected,
                                credential,
                                signed(authenticator, GOOD.withFlags(PRESENT))))
                .isInstanceOf(Assertion.Accepted.class);
        assertThat(
                        CEREMONIES.authenticate(
                                expected, credential, signed(authenticator, GOOD.withFlags(0))))
                .isEqualTo(new Assertion.Refused());
    }

    @Test
    void aTamperedSignatureIsRefused() {
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator(Algorithm.ES256);
        WebAuthnCredential credential = register(authenticator, GOOD).orElseThrow();
        JsonObject answer = authenticator.get(options(), GOOD);
        for (String member : List.of("signature", "authenticatorData", "clientDataJSON")) {
            JsonObject tampered = withResponse(answer, member, flipped(answer, member));
            assertThat(
                            CEREMONIES.authenticate(
                                    expected(UserVerification.REQUIRED),
                                    credential,
                                    AuthenticatorAnswer.authentication(tampered)))
                    .as(member)
                    .isEqualTo(new Assertion.Refused());
        }
    }

    @Test
    void anotherKeyIsRefused() {
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator(Algorithm.ES256);
        WebAuthnCredential credential = register(authenticator, GOOD).orElseThrow();
        SoftwareAuthenticator other = new SoftwareAuthenticator(Algorithm.ES256);
        assertThat(sign(other, credential, GOOD)).isEqualTo(new Assertion.Refused());
        authenticator.setCounter(6);
        WebAuthnCredential used = accepted(sign(authenticator, credential, GOOD));
        other.setCounter(3);
        assertThat(sign(other, used, GOOD))
                .as("a clone has the key")
                .isEqualTo(new Assertion.Refused());
    }

    @Test
    void aCounterThatDoesNotRiseIsAClone() {
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator(Algorithm.ES256);
        WebAuthnCredential credential = register(authenticator, GOOD).orElseThrow();
        authenticator.setCounter(6);
        WebAuthnCredential used = accepted(sign(authenticator, credential, GOOD));
        assertThat(used.signCount()).isEqualTo(7);
        for (long before : new long[] {6, 5, -1}) {
            authenticator.setCounter(before);
            assertThat(sign(authenticator, used, GOOD)).isEqualTo(new Assertion.Cloned());
        }
        authenticator.setCounter(0xFFFF_FFFEL);
        assertThat(accepted(sign(authenticator, used, GOOD)).signCount()).isEqualTo(0xFFFF_FFFFL);
    }

    @Test
    void oneThatNeverCountsIsTaken() {
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator(Algorithm.ES256);
        WebAuthnCredential credential = register(authenticator, GOOD).orElseThrow();
        authenticator.setCounter(-1);
        WebAuthnCredential used = accepted(sign(authenticator, credential, GOOD));
        authenticator.setCounter(-1);
        assertThat(accepted(sign(authenticator, used, GOOD)).signCount()).isZero();
    }

    @Test
    void aSyncedCredentialTellsWhenItIsBackedUp() {
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator(Algorithm.ES256);
        Habits eligible = GOOD.withFlags(PRESENT | VERIFIED | BACKUP_ELIGIBLE);
        WebAuthnCredential credential = register(authenticator, eligible).orElseThrow();
        assertThat(credential.backup()).isEqualTo(Backup.ELIGIBLE);
        Habits backedUp = GOOD.withFlags(PRESENT | VERIFIED | BACKUP_ELIGIBLE | BACKED_UP);
        assertThat(accepted(sign(authenticator, credential, backedUp)).backup())
                .isEqualTo(Backup.BACKED_UP);
        assertThat(sign(authenticator, credential, GOOD)).isEqualTo(new Assertion.Refused());
        assertThat(register(authenticator, GOOD.withFlags(PRESENT | VERIFIED | BACKED_UP)))
                .isEmpty();
    }

    @Test
    void anotherIdThanTheAttestedIsRefused() {
        JsonObject answer = new SoftwareAuthenticator(Algorithm.ES256).create(options(), GOOD);
        JsonObject renamed = with(with(answer, "id", "AAAA"), "rawId", "AAAA");
        assertThat(
                        CEREMONIES.register(
                                expected(UserVerification.REQUIRED),
                                AuthenticatorAnswer.registration(renamed)))
                .isEmpty();
    }

    @Test
    void answersOutOfBoundsAreInvalid() {
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator(Algorithm.ES256);
        JsonObject created = authenticator.create(options(), GOOD);
        JsonObject signed = authenticator.get(options(), GOOD);
        String huge = "A".repeat(100_000);
        List<JsonObject> registrations =
                List.of(
                        JsonObject.EMPTY,
                        with(created, "type", "password"),
                        with(created, "id", huge),
                        with(created, "rawId", "AAAA"),
                        with(created, "response", "text"),
                        withResponse(created, "attestationObject", huge),
                        withResponse(created, "attestationObject", ""),
                        withResponse(created, "clientDataJSON", "*"),
                        withResponse(created, "clientDataJSON", "A".repeat(6_000)));
        for (JsonObject answer : registrations) {
            assertInvalid(() -> AuthenticatorAnswer.registration(answer), answer);
        }
        List<JsonObject> authentications =
                List.of(
                        created,
                        withResponse(signed, "signature", huge),
                        withResponse(signed, "authenticatorData", huge),
                        withResponse(signed, "userHandle", "A".repeat(88)));
        for (JsonObject answer : authentications) {
            assertInvalid(() -> AuthenticatorAnswer.authentication(answer), answer);
        }
    }

    /// Whatever the bytes are, the answer is a refusal and no exception.
    @Test
    void brokenBytesAreRefused() {
        Random random = new Random(4);
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator(Algorithm.ES256);
        JsonObject created = authenticator.create(options(), GOOD);
        WebAuthnCredential credential = register(authenticator, GOOD).orElseThrow();
        JsonObject signed = authenticator.get(options(), GOOD);
        Expected expected = expected(UserVerification.REQUIRED);
        int taken = 0;
        for (int i = 0; i < 3_000; i++) {
            JsonObject madness = mangled(created, "attestationObject", "clientDataJSON", random);
            taken +=
                    CEREMONIES
                            .register(expected, AuthenticatorAnswer.registration(madness))
                            .map(_ -> 1)
                            .orElse(0);
            JsonObject nonsense = mangled(signed, "authenticatorData", "clientDataJSON", random);
            assertThat(
                            CEREMONIES.authenticate(
                                    expected,
                                    credential,
                                    AuthenticatorAnswer.authentication(nonsense)))
                    .isEqualTo(new Assertion.Refused());
        }
        // A bit of the key or of the model may change without being noticed: nothing is signed.
        assertThat(taken).isLessThan(1_500);
    }

    @Test
    void optionsAreThoseOfTheStandard() {
        WebAuthnCredential other =
                new WebAuthnCredential(
                        "AQID", "", new UUID(0, 0), 0, List.of("usb"), Backup.NOT_ELIGIBLE);
        assertThat(
                        Json.write(
                                CeremonyOptions.creation(
                                        PARTY,
                                        new Person(UserHandle.of(PERSON), "ada@x.org", "Ada"),
                                        "c",
                                        List.of(other),
                                        new Wish(ResidentKey.REQUIRED, UserVerification.REQUIRED),
                                        Duration.ofMinutes(5))))
                .isEqualTo(
                        """
                        {"rp":{"id":"example.com","name":"Example"},\
                        "user":{"id":"AAECAwQFBgcICQoLDA0ODw","name":"ada@x.org",\
                        "displayName":"Ada"},"challenge":"c",\
                        "pubKeyCredParams":[{"type":"public-key","alg":-7},\
                        {"type":"public-key","alg":-8},{"type":"public-key","alg":-257}],\
                        "timeout":300000,"excludeCredentials":[{"type":"public-key","id":"AQID",\
                        "transports":["usb"]}],"authenticatorSelection":\
                        {"residentKey":"required","requireResidentKey":true,\
                        "userVerification":"required"},"attestation":"none"}\
                        """);
        assertThat(
                        Json.write(
                                CeremonyOptions.request(
                                        PARTY,
                                        "c",
                                        List.of(),
                                        UserVerification.REQUIRED,
                                        Duration.ofSeconds(1))))
                .isEqualTo(
                        """
                        {"challenge":"c","timeout":1000,"rpId":"example.com",\
                        "userVerification":"required"}\
                        """);
    }

    private Optional<WebAuthnCredential> register(
            SoftwareAuthenticator authenticator, Habits habits) {
        return CEREMONIES.register(
                expected(UserVerification.REQUIRED), created(authenticator, habits));
    }

    private Assertion sign(
            SoftwareAuthenticator authenticator, WebAuthnCredential credential, Habits habits) {
        return CEREMONIES.authenticate(
                expected(UserVerification.REQUIRED), credential, signed(authenticator, habits));
    }

    private AuthenticatorAnswer.Registration created(
            SoftwareAuthenticator authenticator, Habits habits) {
        return AuthenticatorAnswer.registration(authenticator.create(options(), habits));
    }

    private AuthenticatorAnswer.Authentication signed(
            SoftwareAuthenticator authenticator, Habits habits) {
        return AuthenticatorAnswer.authentication(authenticator.get(options(), habits));
    }

    private static WebAuthnCredential accepted(Assertion assertion) {
        assertThat(assertion).isInstanceOf(Assertion.Accepted.class);
        return ((Assertion.Accepted) assertion).credential();
    }

    private Expected expected(UserVerification verification) {
        return new Expected(PARTY, OneTimeSecret.hash(challenge), verification);
    }

    private JsonObject options() {
        return CeremonyOptions.creation(
                PARTY,
                new Person(UserHandle.of(PERSON), "ada@example.com", "Ada"),
                challenge,
                List.of(),
                new Wish(ResidentKey.REQUIRED, UserVerification.REQUIRED),
                Duration.ofMinutes(5));
    }

    private static JsonObject mangled(JsonObject answer, String one, String other, Random random) {
        String member = random.nextInt(4) == 0 ? other : one;
        byte[] bytes = bytes(answer, member);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        int length = random.nextInt(3) == 0 ? 1 + random.nextInt(bytes.length) : bytes.length;
        byte[] cut = Arrays.copyOf(bytes, length);
        cut[length - 1]++;
        return withResponse(answer, member, Base64.getUrlEncoder().encodeToString(cut));
    }

    /// In the middle: of the challenge, the counter, or the number that the signature is.
    private static String flipped(JsonObject answer, String member) {
        byte[] bytes = bytes(answer, member);
        bytes[bytes.length / 2] ^= 1;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(JsonObject answer, String member) {
        return Base64.getUrlDecoder()
                .decode(answer.findObject("response").orElseThrow().findText(member).orElseThrow());
    }

    private static JsonObject withResponse(JsonObject answer, String member, String text) {
        Map<String, JsonValue> members = new LinkedHashMap<>(answer.members());
        members.put("response", with(answer.findObject("response").orElseThrow(), member, text));
        return new JsonObject(members);
    }

    private static JsonObject with(JsonObject object, String member, String text) {
        Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
        members.put(member, new JsonString(text));
        return new JsonObject(members);
    }

    private static void assertInvalid(ThrowingCallable parsing, JsonObject answer) {
        assertThatThrownBy(parsing)
                .as("%s", answer)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem()).isInstanceOf(ValidationFailed.class));
    }
}
