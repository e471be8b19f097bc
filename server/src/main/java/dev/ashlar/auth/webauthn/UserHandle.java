package dev.ashlar.auth.webauthn;

import java.nio.ByteBuffer;
import java.util.UUID;

/// The name under which an authenticator keeps somebody's credential: 16 bytes of an id, in
/// base64url (WebAuthn Level 3, section 14.6.1: nothing that says who it is).
public record UserHandle(String text) {

    public static UserHandle of(UUID id) {
        return new UserHandle(
                Base64Url.text(
                        ByteBuffer.allocate(16)
                                .putLong(id.getMostSignificantBits())
                                .putLong(id.getLeastSignificantBits())
                                .array()));
    }
}
