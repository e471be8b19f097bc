package dev.ashlar.testing;

import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.authenticator.EdDSACOSEKey;
import com.webauthn4j.data.attestation.authenticator.RSACOSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// An authenticator with one credential, together with the browser before it, as sections 6.3 and
/// 5.8.1 of WebAuthn Level 3 describe them; [Habits] say where it goes wrong.
public final class SoftwareAuthenticator {
    public static final int PRESENT = 0x01;
    public static final int VERIFIED = 0x04;
    public static final int BACKUP_ELIGIBLE = 0x08;
    public static final int BACKED_UP = 0x10;
    private static final int ATTESTED = 0x40;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Algorithm algorithm;
    private final KeyPair keys;
    private final byte[] id = new byte[32];
    private long counter;
    private String userHandle = "";

    /// What it signs with. `ES384` is one that nobody asked for.
    public enum Algorithm {
        ES256("SHA256withECDSA", -7),
        EDDSA("Ed25519", -8),
        RS256("SHA256withRSA", -257),
        ES384("SHA384withECDSA", -35);

        private final String signature;
        private final long identifier;

        Algorithm(String signature, long identifier) {
            this.signature = signature;
            this.identifier = identifier;
        }

        private COSEAlgorithmIdentifier cose() {
            return COSEAlgorithmIdentifier.create(identifier);
        }
    }

    /// The page that asks, and what is signed of it. `challenge` and `type` are the right ones
    /// where they are empty.
    public record Habits(
            String origin,
            String rpId,
            int flags,
            String challenge,
            String type,
            boolean framedByAnother) {
        public Habits(String origin, String rpId) {
            this(origin, rpId, PRESENT | VERIFIED, "", "", false);
        }

        public Habits withFlags(int other) {
            return new Habits(origin, rpId, other, challenge, type, framedByAnother);
        }

        public Habits withChallenge(String other) {
            return new Habits(origin, rpId, flags, other, type, framedByAnother);
        }

        public Habits withType(String other) {
            return new Habits(origin, rpId, flags, challenge, other, framedByAnother);
        }

        public Habits inForeignFrame() {
            return new Habits(origin, rpId, flags, challenge, type, true);
        }
    }

    public SoftwareAuthenticator(Algorithm algorithm) {
        this.algorithm = algorithm;
        this.keys = keys(algorithm);
        RANDOM.nextBytes(id);
    }

    public String id() {
        return text(id);
    }

    /// From now on signatures count from here; the next one carries the number after it.
    public void setCounter(long count) {
        counter = count;
    }

    public void setUserHandle(String handle) {
        userHandle = handle;
    }

    /// `navigator.credentials.create`, as JSON.
    public JsonObject create(JsonObject options, Habits habits) {
        userHandle = options.findObject("user").flatMap(user -> user.findText("id")).orElseThrow();
        byte[] client = clientData(options, habits, "webauthn.create");
        byte[] data = authenticatorData(habits, ATTESTED, attested());
        return credential(
                new JsonObjectBuilder()
                        .put("clientDataJSON", text(client))
                        .put("attestationObject", text(attestation(data)))
                        .put(
                                "transports",
                                new JsonArray(
                                        List.of(
                                                new JsonString("internal"),
                                                new JsonString("telepathy"))))
                        .build());
    }

    /// `navigator.credentials.get`, as JSON.
    public JsonObject get(JsonObject options, Habits habits) {
        counter++;
        byte[] client = clientData(options, habits, "webauthn.get");
        byte[] data = authenticatorData(habits, 0, new byte[0]);
        byte[] signature = sign(joined(data, sha256(client)));
        JsonObjectBuilder response =
                new JsonObjectBuilder()
                        .put("clientDataJSON", text(client))
                        .put("authenticatorData", text(data))
                        .put("signature", text(signature));
        if (!userHandle.isEmpty()) {
            response.put("userHandle", userHandle);
        }
        return credential(response.build());
    }

    private JsonObject credential(JsonObject response) {
        return new JsonObjectBuilder()
                .put("id", id())
                .put("rawId", id())
                .put("type", "public-key")
                .put("clientExtensionResults", JsonObject.EMPTY)
                .put("response", response)
                .build();
    }

    private static byte[] clientData(JsonObject options, Habits habits, String type) {
        String asked = options.findText("challenge").orElseThrow();
        JsonObject data =
                new JsonObjectBuilder()
                        .put("type", habits.type().isEmpty() ? type : habits.type())
                        .put("challenge", habits.challenge().isEmpty() ? asked : habits.challenge())
                        .put("origin", habits.origin())
                        .put("crossOrigin", habits.framedByAnother())
                        .build();
        return Json.write(data).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] authenticatorData(Habits habits, int moreFlags, byte[] rest) {
        byte[] head =
                ByteBuffer.allocate(37)
                        .put(sha256(habits.rpId().getBytes(StandardCharsets.UTF_8)))
                        .put((byte) (habits.flags() | moreFlags))
                        .putInt((int) counter)
                        .array();
        return joined(head, rest);
    }

    private byte[] attested() {
        byte[] head =
                ByteBuffer.allocate(18 + id.length)
                        .put(new byte[16])
                        .putShort((short) id.length)
                        .put(id)
                        .array();
        return joined(head, key());
    }

    /// As a COSE key (RFC 9052), cut out of what the library makes of it with an empty id.
    private byte[] key() {
        COSEKey key =
                switch (algorithm) {
                    case ES256, ES384 ->
                            EC2COSEKey.create((ECPublicKey) keys.getPublic(), algorithm.cose());
                    case EDDSA ->
                            EdDSACOSEKey.create((EdECPublicKey) keys.getPublic(), algorithm.cose());
                    case RS256 ->
                            RSACOSEKey.create((RSAPublicKey) keys.getPublic(), algorithm.cose());
                };
        byte[] all =
                new AttestedCredentialDataConverter(new ObjectConverter())
                        .convert(new AttestedCredentialData(AAGUID.ZERO, new byte[0], key));
        return Arrays.copyOfRange(all, 18, all.length);
    }

    /// `{fmt: "none", attStmt: {}, authData}` in CBOR (RFC 8949).
    private static byte[] attestation(byte[] authenticatorData) {
        ByteArrayOutputStream cbor = new ByteArrayOutputStream();
        cbor.write(0xA3);
        text(cbor, "fmt");
        text(cbor, "none");
        text(cbor, "attStmt");
        cbor.write(0xA0);
        text(cbor, "authData");
        cbor.write(0x59);
        cbor.write(authenticatorData.length >> 8);
        cbor.write(authenticatorData.length);
        cbor.writeBytes(authenticatorData);
        return cbor.toByteArray();
    }

    private static void text(ByteArrayOutputStream cbor, String text) {
        cbor.write(0x60 + text.length());
        cbor.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(algorithm.signature);
            signature.initSign(keys.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair keys(Algorithm algorithm) {
        try {
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance(
                            switch (algorithm) {
                                case ES256, ES384 -> "EC";
                                case EDDSA -> "Ed25519";
                                case RS256 -> "RSA";
                            });
            switch (algorithm) {
                case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
                case ES384 -> generator.initialize(new ECGenParameterSpec("secp384r1"));
                case RS256 -> generator.initialize(2_048);
                case EDDSA -> {}
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
