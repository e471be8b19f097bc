package dev.ashlar.auth.token;

import dev.ashlar.config.Secret;
import dev.ashlar.identity.Role;
import dev.ashlar.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.ZoneOffset;

/// The two keys that programs are given: `anon` may stand in a web page, `serviceRole` passes over
/// row-level security and belongs on servers only.
///
/// They follow from the secret and the moment of the first start alone, so they need no storage and
/// change with the secret.
public record ApiKeys(String anon, Secret serviceRole) {
    private static final int YEARS = 10;

    public static ApiKeys derive(Secret jwtSecret, Instant issuedAt) {
        TokenKeys keys = TokenKeys.of(jwtSecret);
        TokenSigner signer = new TokenSigner(() -> keys);
        return new ApiKeys(
                key(signer, Role.ANON, issuedAt), new Secret(key(signer, Role.SERVICE, issuedAt)));
    }

    private static String key(TokenSigner signer, Role role, Instant issuedAt) {
        Instant expiry = issuedAt.atOffset(ZoneOffset.UTC).plusYears(YEARS).toInstant();
        return signer.sign(
                new JsonObjectBuilder()
                        .put("iss", "ashlar")
                        .put("role", role.name())
                        .put("iat", issuedAt.getEpochSecond())
                        .put("exp", expiry.getEpochSecond())
                        .build());
    }
}
