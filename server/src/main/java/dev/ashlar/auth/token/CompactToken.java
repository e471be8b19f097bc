package dev.ashlar.auth.token;

import dev.ashlar.identity.Claims;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.problem.AuthProblem.TokenFault;
import dev.ashlar.problem.AuthProblem.TokenInvalid;
import dev.ashlar.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A token taken apart (RFC 7515, 7.1), its header checked, its signature and claims not yet.
public final class CompactToken {
    private final String algorithm;
    private final Optional<String> keyId;
    private final byte[] signingInput;
    private final byte[] payload;
    private final byte[] signature;

    private CompactToken(
            String algorithm,
            Optional<String> keyId,
            byte[] signingInput,
            byte[] payload,
            byte[] signature) {
        this.algorithm = algorithm;
        this.keyId = keyId;
        this.signingInput = signingInput;
        this.payload = payload;
        this.signature = signature;
    }

    static final int MAX_CHARS = 16_384;

    /// Headers that hand over a key, an extension that must be understood, or another kind of
    /// content: none is supported, and passing over one could change what the signature means.
    private static final Set<String> REFUSED =
            Set.of("jwk", "jku", "x5u", "x5c", "crit", "b64", "zip", "enc", "epk", "p2s", "p2c");

    private static final List<String> TYPES = List.of("jwt", "at+jwt", "application/at+jwt");

    public static CompactToken parse(String text) {
        if (text.length() > MAX_CHARS) {
            throw malformed();
        }
        requireThreeParts(text);
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first == 0 || second == first + 1) {
            throw malformed();
        }
        JsonObject header = object(decode(text.substring(0, first)), TokenFault.MALFORMED);
        String algorithm = checkHeader(header);
        // An unsecured token (RFC 7519, 6) is refused as what it is.
        if (second == text.length() - 1 && !algorithm.equals("none")) {
            throw malformed();
        }
        return new CompactToken(
                algorithm,
                header.findText("kid"),
                text.substring(0, second).getBytes(StandardCharsets.US_ASCII),
                decode(text.substring(first + 1, second)),
                decode(text.substring(second + 1)));
    }

    private static void requireThreeParts(String text) {
        if (text.isEmpty()) {
            throw new ProblemException(new TokenInvalid(TokenFault.EMPTY));
        }
        long parts = text.chars().filter(c -> c == '.').count() + 1;
        if (parts != 3) {
            throw new ProblemException(
                    new TokenInvalid(TokenFault.WRONG_PARTS, Long.toString(parts)));
        }
    }

    public String algorithm() {
        return algorithm;
    }

    public Optional<String> keyId() {
        return keyId;
    }

    public boolean isSignedBy(TokenKey key) {
        return key.verify(signingInput, signature);
    }

    /// The payload as it was signed, and parsed: a JSON object in valid UTF-8.
    public Claims claims() {
        return new Claims(
                utf8(payload, TokenFault.BAD_CLAIMS), object(payload, TokenFault.BAD_CLAIMS));
    }

    private static JsonObject object(byte[] bytes, TokenFault fault) {
        try {
            if (Json.parse(utf8(bytes, fault)) instanceof JsonObject object) {
                return object;
            }
        } catch (MalformedJsonException _) {
            // Answered below: what is wrong inside a token is nobody's business.
        }
        throw new ProblemException(new TokenInvalid(fault));
    }

    private static String checkHeader(JsonObject header) {
        if (header.members().keySet().stream().anyMatch(REFUSED::contains)) {
            throw malformed();
        }
        JsonValue type = header.members().get("typ");
        if (type != null
                && !header.findText("typ")
                        .filter(name -> TYPES.contains(name.toLowerCase(Locale.ROOT)))
                        .isPresent()) {
            throw malformed();
        }
        if (header.members().containsKey("kid") && header.findText("kid").isEmpty()) {
            throw malformed();
        }
        if (header.members().containsKey("cty")) {
            throw malformed();
        }
        return header.findText("alg").orElseThrow(CompactToken::malformed);
    }

    /// Base64url without padding (RFC 7515, 2), and only its one canonical spelling: the JDK's
    /// decoder lets padding and stray bits at the end through.
    private static byte[] decode(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException _) {
            // Not in the alphabet: answered below.
        }
        throw malformed();
    }

    private static String utf8(byte[] bytes, TokenFault fault) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw new ProblemException(new TokenInvalid(fault));
        }
    }

    private static ProblemException malformed() {
        return new ProblemException(new TokenInvalid(TokenFault.MALFORMED));
    }
}
