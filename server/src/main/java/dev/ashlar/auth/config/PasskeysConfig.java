package dev.ashlar.auth.config;

import dev.ashlar.config.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The section `auth.passkeys`: sign-in with passkeys, and who asks for them in the browser's
/// dialog, the relying party (WebAuthn Level 3, section 4); security keys as second factors share
/// it.
public record PasskeysConfig(
        @Setting(def = "false", doc = "Whether people can register passkeys and sign in with them.")
                boolean enabled,
        @Setting(
                        doc =
                                "Domain that passkeys are bound to, such as example.com; when unset,"
                                        + " the host of auth.site-url. Changing it makes every passkey"
                                        + " useless.")
                Optional<String> rpId,
        @Setting(doc = "Name of the application in the browser's dialog; when unset, the domain.")
                Optional<String> rpName,
        @Setting(
                        doc =
                                "Origins whose pages may use them, such as https://app.example.com or"
                                        + " android:apk-key-hash:...; when unset, that of"
                                        + " auth.site-url.")
                List<String> origins,
        @Setting(
                        def = "5m",
                        doc = "How long a browser may take to answer a challenge; at most an hour.")
                Duration challengeLifetime,
        @Setting(def = "10", doc = "Passkeys of one account.") int maxPerAccount) {

    /// A domain, and no address of IP: section 5.1.2 of WebAuthn wants a valid domain.
    private static final Pattern DOMAIN =
            Pattern.compile(
                    "(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
                            + "(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*");

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*");
    private static final Pattern ANDROID =
            Pattern.compile("android:apk-key-hash(?:-sha256)?:[A-Za-z0-9_-]{20,100}");
    private static final int MAX_NAME_CHARS = 64;
    private static final int MOST = 100;

    public PasskeysConfig {
        require(
                rpId.isEmpty() || isDomain(rpId.get()),
                "auth.passkeys.rp-id must be a domain in lower case, such as example.com");
        require(
                rpName.isEmpty() || rpName.get().length() <= MAX_NAME_CHARS,
                "auth.passkeys.rp-name can have 64 characters");
        origins.forEach(origin ->
                require(
                        isOrigin(origin),
                        "auth.passkeys.origins has entries such as https://app.example.com"));
        require(
                challengeLifetime.compareTo(Duration.ofSeconds(1)) >= 0
                        && challengeLifetime.compareTo(Duration.ofHours(1)) <= 0,
                "auth.passkeys.challenge-lifetime must lie between a second and an hour");
        require(
                maxPerAccount >= 1 && maxPerAccount <= MOST,
                "auth.passkeys.max-per-account must lie between 1 and 100");
    }

    /// Passkeys cannot be bound to an address of IP, or to an app's own scheme.
    void requireDomain(String siteUrl) {
        boolean known =
                rpId.isPresent()
                        || RedirectUrl.find(siteUrl)
                                .filter(url -> url.isWeb() && isDomain(url.host()))
                                .isPresent();
        require(
                !enabled || known,
                "auth.passkeys needs auth.passkeys.rp-id: auth.site-url has no domain");
    }

    private static boolean isDomain(String text) {
        return DOMAIN.matcher(text).matches() && !ADDRESS.matcher(text).matches();
    }

    private static boolean isOrigin(String text) {
        return ANDROID.matcher(text).matches()
                || RedirectUrl.find(text)
                        .filter(RedirectUrl::isWeb)
                        .filter(url -> text.equals(url.origin()))
                        .isPresent();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
