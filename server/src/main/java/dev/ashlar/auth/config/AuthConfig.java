package dev.ashlar.auth.config;

import dev.ashlar.auth.token.RoleClaimPath;
import dev.ashlar.auth.token.SigningAlgorithm;
import dev.ashlar.auth.token.TokenRules;
import dev.ashlar.config.ByteSize;
import dev.ashlar.config.Each;
import dev.ashlar.config.Secret;
import dev.ashlar.config.Setting;
import dev.ashlar.identity.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The section `auth`: tokens, passwords, sessions and the limits against guessing.
public record AuthConfig(
        @Setting(
                        def = "http://localhost:3000",
                        doc = "Where the application lives; links in mail lead there.")
                String siteUrl,
        @Setting(
                        doc =
                                "Where else links may lead, beside the site itself: URLs, with the"
                                        + " wildcards *, **, ?, [...] and {a,b}.")
                List<String> redirectUrls,
        @Setting(
                        doc =
                                "Where browsers reach this API, such as"
                                        + " https://api.example.com/auth/v1, for the links in mail; on"
                                        + " this machine when unset.")
                Optional<String> externalUrl,
        @Setting(def = "5m", doc = "How long a code of a PKCE flow may be exchanged for a session.")
                Duration flowLifetime,
        @Setting(
                        doc =
                                "Secret that API keys are signed with (HS256) and stored secrets"
                                        + " sealed under, at least 32 bytes; made on first start when"
                                        + " unset.")
                Optional<Secret> jwtSecret,
        @Setting(
                        def = "es256",
                        doc =
                                "What access tokens are signed with; hs256 is the secret itself, the"
                                        + " others are pairs that rotate.")
                SigningAlgorithm signingAlgorithm,
        @Setting(def = "ashlar", doc = "`iss` of access tokens, but for those of OAuth clients.")
                String issuer,
        @Setting(def = "authenticated", doc = "`aud` of access tokens and of new accounts.")
                String audience,
        @Setting(doc = "If set, a token that names audiences must name this one.")
                Optional<String> requiredAudience,
        @Setting(
                        def = "role",
                        doc =
                                "Where the database role stands in a token's claims, such as `role` or"
                                        + " `.app.roles[0]`.")
                String roleClaim,
        @Setting(def = "anon", doc = "Database role of callers without a token.") String anonRole,
        @Setting(def = "1h", doc = "How long an access token is good for.") Duration tokenLifetime,
        @Setting(def = "32MB", doc = "Memory for tokens that were verified already.")
                ByteSize tokenCacheSize,
        @Setting(def = "8", doc = "Fewest characters of a password.") int passwordMinLength,
        @Setting(
                        def = "0",
                        doc =
                                "Passwords hashed at the same time, 19 MB each; 0 means one per"
                                        + " processor, within a quarter of the heap.")
                int passwordThreads,
        @Setting(
                        def = "100",
                        doc = "Passwords that may wait to be hashed; beyond it the answer is 503.")
                int passwordQueue,
        @Setting(
                        doc =
                                "Whether a new account may sign in before its e-mail is confirmed;"
                                        + " when unset, as long as no mail can be sent"
                                        + " (auth.mail.host).")
                Optional<Boolean> autoconfirm,
        @Setting(def = "false", doc = "Refuse new accounts, except those that an admin creates.")
                boolean disableSignup,
        @Setting(def = "false", doc = "Allow accounts without e-mail or password.")
                boolean anonymousSignIn,
        @Setting(
                        def = "10s",
                        doc =
                                "How long a refresh token that was just used may be used again, for"
                                        + " lost replies and second tabs; beyond it the session ends.")
                Duration refreshReuseWindow,
        @Setting(doc = "Longest life of a session, however active.")
                Optional<Duration> sessionTimebox,
        @Setting(doc = "A session that is not refreshed for this long ends.")
                Optional<Duration> sessionInactivity,
        @Setting(def = "false", doc = "A sign-in ends the account's other sessions.")
                boolean singleSession,
        @Setting(
                        def = "at-expiry",
                        doc =
                                "When those who signed out, were banned or deleted lose access to data:"
                                        + " when their access token expires, or at once.")
                Revocation revocation,
        @Setting(doc = "How long entries of the audit log are kept; for ever when unset.")
                Optional<Duration> auditRetention,
        @Setting(
                        def = "120",
                        doc =
                                "Sign-ins and changes of password from one address in a minute;"
                                        + " codes and links presented count apart.")
                int signInsPerMinute,
        @Setting(def = "20", doc = "Sign-ins to one account from one address in a minute.")
                int accountSignInsPerMinute,
        @Setting(
                        def = "120",
                        doc =
                                "New accounts from one address in a minute; mail and texts asked for"
                                        + " count apart.")
                int signUpsPerMinute,
        @Setting(def = "300", doc = "Token refreshes from one address in a minute.")
                int refreshesPerMinute,
        PasswordConfig password,
        CookiesConfig cookies,
        LimitsConfig limits,
        MailConfig mail,
        SmsConfig sms,
        PasskeysConfig passkeys,
        MfaConfig mfa,
        HooksConfig hooks,
        OutboundConfig outbound,
        CaptchaConfig captcha,
        Web3Config web3,
        OAuthServerConfig oauthServer,
        SocialConfig social,
        SamlConfig saml,
        @Each("provider") Map<ProviderName, ExternalConfig> external) {

    /// How long an access token outlives its session.
    public enum Revocation {
        AT_EXPIRY,
        IMMEDIATE
    }

    public AuthConfig {
        require(
                !tokenLifetime.isNegative() && !tokenLifetime.isZero(),
                "auth.token-lifetime must be positive");
        require(
                passwordMinLength >= 1 && passwordMinLength <= 1_000,
                "auth.password-min-length must lie between 1 and 1000");
        require(
                RedirectUrl.find(siteUrl).isPresent(),
                "auth.site-url must be a whole URL, such as https://app.example.com");
        require(
                externalUrl.isEmpty()
                        || RedirectUrl.find(externalUrl.get())
                                .filter(url -> url.isWeb() && !url.rest().contains("?"))
                                .isPresent(),
                "auth.external-url must be a URL of http or https without a query");
        redirectUrls.forEach(RedirectPattern::parse);
        passkeys.requireDomain(siteUrl);
        require(
                !flowLifetime.isNegative() && !flowLifetime.isZero(),
                "auth.flow-lifetime must be positive");
        require(passwordThreads >= 0, "auth.password-threads cannot be negative");
        require(passwordQueue >= 1, "auth.password-queue must be at least 1");
        require(!refreshReuseWindow.isNegative(), "auth.refresh-reuse-window cannot be negative");
        require(
                signInsPerMinute > 0 && accountSignInsPerMinute > 0,
                "auth.sign-ins-per-minute must be positive");
        require(
                signUpsPerMinute > 0 && refreshesPerMinute > 0,
                "auth.sign-ups-per-minute must be positive");
        require(
                !oauthServer.enabled() || signingAlgorithm != SigningAlgorithm.HS256,
                "auth.oauth-server needs keys that clients can verify with: set"
                        + " auth.signing-algorithm to es256, rs256 or eddsa");
        external = Map.copyOf(external);
        ExternalConfig keycloak = external.get(ProviderName.KEYCLOAK);
        require(
                keycloak == null || !keycloak.enabled() || keycloak.url().isPresent(),
                "auth.external.keycloak.url is needed: the URL of the realm");
    }

    /// Whether new addresses count as confirmed. Where mail can be sent it is asked for.
    public boolean confirmsAtOnce() {
        return autoconfirm.orElse(mail.host().isEmpty() && hooks.sendEmail().isEmpty());
    }

    /// Whether there are accounts by phone number.
    public boolean sendsTexts() {
        return sms.provider() != SmsConfig.Provider.NONE || hooks.sendSms().isPresent();
    }

    /// How tokens are judged.
    public TokenRules tokenRules() {
        return new TokenRules(requiredAudience, RoleClaimPath.parse(roleClaim), new Role(anonRole));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
