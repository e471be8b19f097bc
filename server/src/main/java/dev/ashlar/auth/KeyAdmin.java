package dev.ashlar.auth;

import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.keys.KeyRing;
import dev.ashlar.auth.keys.SigningKey;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.identity.Caller;
import java.util.List;

/// What trusted servers do with the signing keys. Every method asks first whether the caller is
/// one.
public final class KeyAdmin {
    private final KeyRing keys;

    KeyAdmin(KeyRing keys) {
        this.keys = keys;
    }

    public List<SigningKey> list(Caller caller) {
        BearerCheck.requireAdmin(caller);
        return keys.all();
    }

    public List<SigningKey> rotate(Caller caller, Visitor visitor) {
        BearerCheck.requireAdmin(caller);
        return keys.rotate(visitor);
    }

    public List<SigningKey> revoke(Caller caller, String id, Visitor visitor) {
        BearerCheck.requireAdmin(caller);
        return keys.revoke(id, visitor);
    }
}
