package dev.ashlar.auth.token;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.ashlar.config.Secret;
import java.util.Set;

/// Public halves of our own pairs, as JSON Web Keys that name their algorithm.
public final class PublicKeys {
    private PublicKeys() {}

    /// @throws IllegalArgumentException when the text is no public key for signatures
    public static TokenKey parse(String publicJwk) {
        TokenKey key =
                JsonWebKeys.parse(new Secret(publicJwk), JsonWebKeys.Encoding.TEXT).getFirst();
        if (key instanceof HmacKey) {
            throw new IllegalArgumentException("a shared secret has no public half");
        }
        return key;
    }

    static String text(JWK pair) {
        Set<KeyOperation> verifies = Set.of(KeyOperation.VERIFY);
        JWK key =
                switch (pair.toPublicJWK()) {
                    case ECKey ec -> new ECKey.Builder(ec).keyOperations(verifies).build();
                    case RSAKey rsa -> new RSAKey.Builder(rsa).keyOperations(verifies).build();
                    case OctetKeyPair edwards ->
                            new OctetKeyPair.Builder(edwards).keyOperations(verifies).build();
                    case JWK other ->
                            throw new IllegalStateException("no pair: " + other.getKeyType());
                };
        return key.toJSONString();
    }
}
