package dev.ashlar.auth.webauthn;

import java.util.List;
import java.util.UUID;

/// A public key that an authenticator signs with, as kept (the credential record of WebAuthn Level
/// 3, section 4). `id` and `publicKey`, a COSE key, are base64url; `model` is the AAGUID of the
/// authenticator, zeros where it does not tell; `signCount` is the highest counter seen.
public record WebAuthnCredential(
        String id,
        String publicKey,
        UUID model,
        long signCount,
        List<String> transports,
        Backup backup) {

    public WebAuthnCredential {
        transports = List.copyOf(transports);
    }

    /// Whether the key may leave its device, and whether it has.
    public enum Backup {
        NOT_ELIGIBLE,
        ELIGIBLE,
        BACKED_UP;

        static Backup of(boolean eligible, boolean backedUp) {
            if (!eligible) {
                return NOT_ELIGIBLE;
            }
            return backedUp ? BACKED_UP : ELIGIBLE;
        }

        public boolean isEligible() {
            return this != NOT_ELIGIBLE;
        }
    }

    WebAuthnCredential used(long newSignCount, Backup newBackup) {
        return new WebAuthnCredential(id, publicKey, model, newSignCount, transports, newBackup);
    }
}
