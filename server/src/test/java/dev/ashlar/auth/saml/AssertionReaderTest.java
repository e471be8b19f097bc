package dev.ashlar.auth.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.testing.SoftwareIdentityProvider;
import dev.ashlar.testing.SoftwareIdentityProvider.Words;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an answer is bound to: each thing changed alone is refused, for its own reason.
class AssertionReaderTest {
    private static final String SELF = "https://api.example/sso/saml/metadata";
    private static final String HERE = "https://api.example/sso/saml/acs";
    private static final String REQUEST = "_request";
    private static final Instant NOW = Instant.parse("2026-05-05T12:00:00Z");
    private static final SoftwareIdentityProvider IDP =
            SoftwareIdentityProvider.rsa("https://idp.example/metadata");

    private static Words words() {
        return IDP.words(SELF, HERE, REQUEST, NOW).email("ada@acme.example");
    }

    private static Expected expected(PublicKey... keys) {
        return expected(Optional.of(REQUEST), keys);
    }

    private static Expected expected(Optional<String> request, PublicKey... keys) {
        return new Expected(
                IDP.entityId(), List.of(keys), SELF, HERE, request, NOW, Duration.ofSeconds(30));
    }

    private static Assertion read(String encoded) throws SamlFailure {
        return SamlResponse.parse(encoded).verified(expected(IDP.keys().getPublic()));
    }

    private static void refuses(String reason, Consumer<Words> change) {
        Words words = words();
        change.accept(words);
        assertThatThrownBy(() -> read(IDP.answer(words)))
                .isInstanceOf(SamlFailure.class)
                .hasMessageContaining(reason);
        if (words.responseRequestId != null && words.destination != null) {
            assertThatThrownBy(() -> read(IDP.answerSignedAsAWhole(words)))
                    .isInstanceOf(SamlFailure.class)
                    .hasMessageContaining(reason);
        }
    }

    private static void accepts(Consumer<Words> change) throws SamlFailure {
        Words words = words();
        change.accept(words);
        assertThat(read(IDP.answer(words)).id()).isEqualTo(words.assertionId);
        assertThat(read(IDP.answerSignedAsAWhole(words)).id()).isEqualTo(words.assertionId);
    }

    @Test
    void aGoodAnswerIsRead() throws SamlFailure {
        Words words = words();
        words.nameId = "ada";
        words.attributes.put("groups", List.of("staff", "admins"));
        words.sessionEnd = NOW.plusSeconds(3_600);
        Assertion assertion = read(IDP.answer(words));
        assertThat(assertion.name()).contains(new Assertion.NameId("ada", SamlNames.PERSISTENT));
        assertThat(assertion.values("groups")).containsExactly("staff", "admins");
        assertThat(assertion.values("email")).containsExactly("ada@acme.example");
        assertThat(assertion.sessionEnd()).contains(words.sessionEnd);
        assertThat(assertion.end()).isEqualTo(NOW.plusSeconds(330));
    }

    @Test
    void ellipticCurvesSignToo() throws SamlFailure {
        SoftwareIdentityProvider curves = SoftwareIdentityProvider.ec(IDP.entityId());
        Words words = words();
        Assertion assertion =
                SamlResponse.parse(curves.answer(words))
                        .verified(expected(IDP.keys().getPublic(), curves.keys().getPublic()));
        assertThat(assertion.id()).isEqualTo(words.assertionId);
    }

    @Test
    void oneOfSeveralKeysIsEnoughAndAnotherIsNot() throws SamlFailure {
        SoftwareIdentityProvider next = SoftwareIdentityProvider.rsa(IDP.entityId());
        String answer = next.answer(words());
        SamlResponse response = SamlResponse.parse(answer);
        assertThat(
                        response.verified(expected(IDP.keys().getPublic(), next.keys().getPublic()))
                                .values("email"))
                .containsExactly("ada@acme.example");
        assertThatThrownBy(() -> read(answer))
                .isInstanceOfSatisfying(
                        SamlFailure.class,
                        failure ->
                                assertThat(failure.kind()).isEqualTo(SamlFailure.Kind.REFRESHABLE));
    }

    @Test
    void whoAndForWhom() {
        refuses("another issuer", words -> words.issuer = "https://evil.example");
        refuses("another issuer", words -> words.responseIssuer = "https://evil.example");
        refuses("another audience", words -> words.audience = "https://other.example");
        refuses("no audience", words -> words.audience = null);
        refuses("another recipient", words -> words.recipient = "https://other.example/acs");
        refuses("another recipient", words -> words.recipient = null);
        refuses("another destination", words -> words.destination = "https://other.example/acs");
        refuses("no Issuer", words -> words.issuer = null);
    }

    @Test
    void theIssuerOfTheResponseMayBeMissing() throws SamlFailure {
        accepts(words -> words.responseIssuer = null);
    }

    @Test
    void inAnswerToWhat() throws SamlFailure {
        refuses("another request", words -> words.requestId = "_other");
        refuses("does not answer", words -> words.requestId = null);
        refuses("another request", words -> words.responseRequestId = "_other");
        accepts(words -> words.responseRequestId = null);
    }

    @Test
    void whatNobodyAskedForAnswersNothing() throws SamlFailure {
        Expected unasked = expected(Optional.empty(), IDP.keys().getPublic());
        Words words = IDP.words(SELF, HERE, null, NOW);
        assertThat(SamlResponse.parse(IDP.answer(words)).verified(unasked).id())
                .isEqualTo(words.assertionId);
        // One that was asked for by somebody else is not taken for one of those.
        assertThatThrownBy(() -> SamlResponse.parse(IDP.answer(words())).verified(unasked))
                .hasMessageContaining("another request");
    }

    @Test
    void times() throws SamlFailure {
        refuses("expired", words -> words.notOnOrAfter = NOW.minusSeconds(30));
        accepts(words -> words.notOnOrAfter = NOW.minusSeconds(29));
        refuses("expired", words -> words.confirmedUntil = NOW.minusSeconds(30));
        accepts(words -> words.confirmedUntil = NOW.minusSeconds(29));
        refuses("never ends", words -> words.confirmedUntil = null);
        accepts(words -> words.notOnOrAfter = null);
        refuses("not good yet", words -> words.notBefore = NOW.plusSeconds(31));
        accepts(words -> words.notBefore = NOW.plusSeconds(30));
        refuses("is over", words -> words.sessionEnd = NOW.minusSeconds(30));
    }

    @Test
    void statusStatementsAndConditions() throws SamlFailure {
        refuses(
                "did not sign the person in",
                words -> words.status = "urn:oasis:names:tc:SAML:2.0:status:Requester");
        refuses("anybody has signed in", words -> words.signedIn = false);
        refuses(
                "not confirmed for bearers",
                words -> words.confirmation = "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key");
        refuses("condition that is not known", words -> words.condition = "<saml:Condition/>");
        accepts(words -> words.condition = "<saml:OneTimeUse/>");
        refuses(
                "another audience",
                words ->
                        words.condition =
                                "<saml:AudienceRestriction><saml:Audience>https://other.example"
                                        + "</saml:Audience></saml:AudienceRestriction>");
    }

    @Test
    void theLatestConfirmationSaysHowLongItCouldBeBroughtAgain() throws SamlFailure {
        Words words = words();
        String xml =
                SoftwareIdentityProvider.response(words)
                        .replace(
                                "</saml:Subject>",
                                """
                                <saml:SubjectConfirmation Method="%s"><saml:SubjectConfirmationData \
                                Recipient="%s" InResponseTo="%s" NotOnOrAfter="%s"/>\
                                </saml:SubjectConfirmation></saml:Subject>\
                                """
                                        .formatted(
                                                SamlNames.BEARER,
                                                HERE,
                                                REQUEST,
                                                NOW.plusSeconds(900)));
        var document = SoftwareIdentityProvider.parse(xml);
        IDP.sign(
                SoftwareIdentityProvider.one(document, SoftwareIdentityProvider.SAML, "Assertion"));
        assertThat(read(SoftwareIdentityProvider.encode(document)).end())
                .isEqualTo(NOW.plusSeconds(930));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "@@@", "PHg+", "PHgvPg==", "AAAA"})
    void whatIsNoResponseIsRefused(String encoded) {
        assertThatThrownBy(() -> SamlResponse.parse(encoded)).isInstanceOf(SamlFailure.class);
    }

    @Test
    void peopleHaveALastingNameAndAnAddress() throws SamlFailure {
        AttributeMapping none = AttributeMapping.parse(JsonObject.EMPTY);
        Words words = words();
        words.format = SamlNames.TRANSIENT;
        Assertion passing = read(IDP.answer(words));
        assertThatThrownBy(() -> SsoProfile.of(passing, none, IDP.entityId()))
                .isInstanceOfSatisfying(
                        SamlFailure.class,
                        failure ->
                                assertThat(failure.code())
                                        .isEqualTo(ErrorCode.SAML_ASSERTION_NO_USER_ID));
        words.attributes.put(
                "urn:oasis:names:tc:SAML:attribute:subject-id", List.of("ada@acme.example"));
        assertThat(SsoProfile.of(read(IDP.answer(words)), none, IDP.entityId()).subject())
                .isEqualTo("ada@acme.example");

        Words nameless = IDP.words(SELF, HERE, REQUEST, NOW);
        Assertion without = read(IDP.answer(nameless));
        assertThatThrownBy(() -> SsoProfile.of(without, none, IDP.entityId()))
                .isInstanceOfSatisfying(
                        SamlFailure.class,
                        failure ->
                                assertThat(failure.code())
                                        .isEqualTo(ErrorCode.SAML_ASSERTION_NO_EMAIL));
        nameless.format = SamlNames.EMAIL;
        nameless.nameId = "Ada@Acme.example";
        assertThat(SsoProfile.of(read(IDP.answer(nameless)), none, IDP.entityId()).email().text())
                .isEqualTo("ada@acme.example");
    }
}
