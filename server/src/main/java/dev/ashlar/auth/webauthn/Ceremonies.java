package dev.ashlar.auth.webauthn;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionsAuthenticatorOutputs;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.BadChallengeException;
import com.webauthn4j.verifier.exception.ConstraintViolationException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.auth.webauthn.WebAuthnCredential.Backup;
import dev.ashlar.observe.Log;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Judges answers of authenticators as sections 7.1 and 7.2 of WebAuthn Level 3 say: challenge,
/// origin, domain, presence and verification of the user, algorithm, signature and counter. No
/// attestation is asked for, so whatever an authenticator says of its make is not looked into.
///
/// On bytes that are broken the library throws what comes, also exceptions of its parsers: all of
/// it is a refusal. Why is for the log alone, the caller may be somebody who tries.
public final class Ceremonies {
    private static final Log LOG = Log.of(Ceremonies.class);

    /// In the order of preference: what nearly all have, and what Windows had alone.
    private static final List<COSEAlgorithmIdentifier> ALGORITHMS =
            List.of(
                    COSEAlgorithmIdentifier.ES256,
                    COSEAlgorithmIdentifier.EdDSA,
                    COSEAlgorithmIdentifier.RS256);

    private static final List<PublicKeyCredentialParameters> PARAMETERS =
            ALGORITHMS.stream()
                    .map(algorithm ->
                            new PublicKeyCredentialParameters(
                                    PublicKeyCredentialType.PUBLIC_KEY, algorithm))
                    .toList();

    /// Model and length of the id.
    private static final int HEAD_BYTES = 18;

    private final AttestedCredentialDataConverter attestedData;
    private final WebAuthnManager manager;

    public Ceremonies() {
        ObjectConverter converter = new ObjectConverter();
        attestedData = new AttestedCredentialDataConverter(converter);
        manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    }

    /// What came of a signature.
    public sealed interface Assertion {
        /// The credential with its new counter.
        record Accepted(WebAuthnCredential credential) implements Assertion {}

        record Refused() implements Assertion {}

        /// The signature is good, but the counter has gone back: two authenticators have the key.
        record Cloned() implements Assertion {}
    }

    /// What an answer is held against; `challengeHash` is [OneTimeSecret#hash] of the challenge.
    public record Expected(
            RelyingParty party, String challengeHash, UserVerification verification) {}

    static List<Long> algorithms() {
        return ALGORITHMS.stream().map(COSEAlgorithmIdentifier::getValue).toList();
    }

    /// The new credential; empty when anything is wrong.
    public Optional<WebAuthnCredential> register(
            Expected expected, AuthenticatorAnswer.Registration answer) {
        try {
            RegistrationData data =
                    manager.parse(
                            new RegistrationRequest(
                                    Base64Url.bytes(answer.attestation()),
                                    Base64Url.bytes(answer.clientData())));
            ServerProperty server = server(expected, present(data.getCollectedClientData()));
            manager.verify(
                    data, new RegistrationParameters(server, PARAMETERS, mustVerify(expected)));
            return Optional.of(credential(data, answer));
        } catch (RuntimeException e) {
            LOG.debug("A new WebAuthn credential is refused: {}", e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    public Assertion authenticate(
            Expected expected,
            WebAuthnCredential credential,
            AuthenticatorAnswer.Authentication answer) {
        try {
            byte[] id = Base64Url.bytes(credential.id());
            AuthenticationData data =
                    manager.parse(
                            new AuthenticationRequest(
                                    Base64Url.bytes(answer.id()),
                                    Base64Url.bytes(answer.authenticatorData()),
                                    Base64Url.bytes(answer.clientData()),
                                    Base64Url.bytes(answer.signature())));
            ServerProperty server = server(expected, present(data.getCollectedClientData()));
            manager.verify(
                    data,
                    new AuthenticationParameters(
                            server, record(credential), List.of(id), mustVerify(expected)));
            AuthenticatorData<?> signed = present(data.getAuthenticatorData());
            return new Assertion.Accepted(
                    credential.used(
                            signed.getSignCount(),
                            Backup.of(signed.isFlagBE(), signed.isFlagBS())));
        } catch (MaliciousCounterValueException _) {
            return new Assertion.Cloned();
        } catch (RuntimeException e) {
            LOG.debug("A WebAuthn signature is refused: {}", e.getClass().getSimpleName());
            return new Assertion.Refused();
        }
    }

    /// The challenge is the one that was signed, once its hash is that of the one that was asked.
    private static ServerProperty server(Expected expected, CollectedClientData client) {
        String challenge = Base64Url.text(client.getChallenge().getValue());
        if (!MessageDigest.isEqual(
                ascii(OneTimeSecret.hash(challenge)), ascii(expected.challengeHash()))) {
            throw new BadChallengeException("another challenge was asked");
        }
        Set<Origin> origins =
                expected.party().origins().stream()
                        .map(Origin::create)
                        .collect(Collectors.toUnmodifiableSet());
        return ServerProperty.builder()
                .origins(origins)
                .rpId(expected.party().id())
                .challenge(client.getChallenge())
                .build();
    }

    private WebAuthnCredential credential(
            RegistrationData data, AuthenticatorAnswer.Registration answer) {
        AuthenticatorData<?> made = present(data.getAttestationObject()).getAuthenticatorData();
        AttestedCredentialData attested = present(made.getAttestedCredentialData());
        if (!Base64Url.text(attested.getCredentialId()).equals(answer.id())) {
            throw new ConstraintViolationException("the credential is not the one that is named");
        }
        return new WebAuthnCredential(
                answer.id(),
                Base64Url.text(key(attested)),
                present(attested.getAaguid().getValue()),
                made.getSignCount(),
                answer.transports(),
                Backup.of(made.isFlagBE(), made.isFlagBS()));
    }

    private CredentialRecord record(WebAuthnCredential credential) {
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                null,
                credential.backup().isEligible(),
                credential.backup() == Backup.BACKED_UP,
                credential.signCount(),
                attested(credential),
                new AuthenticationExtensionsAuthenticatorOutputs<>(),
                null,
                null,
                null);
    }

    /// What follows model, length and id in attested credential data (section 6.5.1): the COSE key.
    private byte[] key(AttestedCredentialData attested) {
        byte[] all = attestedData.convert(attested);
        return Arrays.copyOfRange(all, HEAD_BYTES + attested.getCredentialId().length, all.length);
    }

    private AttestedCredentialData attested(WebAuthnCredential credential) {
        byte[] id = Base64Url.bytes(credential.id());
        byte[] key = Base64Url.bytes(credential.publicKey());
        return attestedData.convert(
                ByteBuffer.allocate(HEAD_BYTES + id.length + key.length)
                        .put(new AAGUID(credential.model()).getBytes())
                        .putShort((short) id.length)
                        .put(id)
                        .put(key)
                        .array());
    }

    /// The library leaves out what an answer does not hold.
    private static <T> T present(@Nullable T part) {
        if (part == null) {
            throw new ConstraintViolationException("a part is missing");
        }
        return part;
    }

    private static boolean mustVerify(Expected expected) {
        return expected.verification() == UserVerification.REQUIRED;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
