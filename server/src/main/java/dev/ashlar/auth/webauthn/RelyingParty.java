package dev.ashlar.auth.webauthn;

import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.config.PasskeysConfig;
import dev.ashlar.auth.config.RedirectUrl;
import java.util.List;
import java.util.Set;

/// Who asks for a signature: the domain that credentials are bound to, its name for people, and the
/// origins whose pages may ask (WebAuthn Level 3, section 5.4.2 and 13.4.9).
public record RelyingParty(String id, String name, Set<String> origins) {

    public RelyingParty {
        origins = Set.copyOf(origins);
    }

    public static RelyingParty of(AuthConfig config) {
        PasskeysConfig passkeys = config.passkeys();
        RedirectUrl site = RedirectUrl.find(config.siteUrl()).orElseThrow();
        String id = passkeys.rpId().orElse(site.host());
        List<String> origins =
                passkeys.origins().isEmpty() ? List.of(site.origin()) : passkeys.origins();
        return new RelyingParty(id, passkeys.rpName().orElse(id), Set.copyOf(origins));
    }
}
