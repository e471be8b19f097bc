package dev.ashlar.auth.config;

import dev.ashlar.config.Secret;
import dev.ashlar.config.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The section `auth.captcha`: whether people prove that they are some before they sign up or in.
public record CaptchaConfig(
        @Setting(
                        def = "false",
                        doc =
                                "Ask for a solved captcha before a sign-up, a sign-in and whatever"
                                        + " sends mail or texts.")
                boolean enabled,
        @Setting(def = "hcaptcha", doc = "Whose captchas the pages of the application show.")
                Provider provider,
        @Setting(doc = "Secret of the account at the provider.") Optional<Secret> secret,
        @Setting(
                        doc =
                                "Where tokens are verified instead of at the provider: an https URL,"
                                        + " or http to this machine.")
                Optional<String> verifyUrl,
        @Setting(
                        doc =
                                "Hosts of pages that captchas may have been solved on; any that the"
                                        + " provider lets show them when empty.")
                List<String> hostnames,
        @Setting(def = "5s", doc = "How long a verification may take.") Duration timeout) {

    /// Who makes captchas, and where it verifies their tokens, as its documentation says.
    public enum Provider {
        HCAPTCHA("https://api.hcaptcha.com/siteverify"),
        TURNSTILE("https://challenges.cloudflare.com/turnstile/v0/siteverify");

        private final String url;

        Provider(String url) {
            this.url = url;
        }
    }

    public CaptchaConfig {
        if (enabled && secret.isEmpty()) {
            throw new IllegalArgumentException("auth.captcha.secret is needed");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("auth.captcha.timeout must be positive");
        }
    }

    /// Where tokens are verified.
    public String url() {
        return verifyUrl.orElse(provider.url);
    }
}
