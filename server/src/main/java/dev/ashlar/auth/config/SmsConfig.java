package dev.ashlar.auth.config;

import dev.ashlar.config.Secret;
import dev.ashlar.config.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The section `auth.sms`: accounts by phone number, and how codes reach them.
public record SmsConfig(
        @Setting(
                        def = "none",
                        doc =
                                "Who sends texts: an HTTP API like Twilio's, a webhook of yours, or"
                                        + " the inbox page of development. Without one there are no"
                                        + " accounts by phone.")
                Provider provider,
        @Setting(def = "https://api.twilio.com", doc = "Where the API is reached.") String baseUrl,
        @Setting(doc = "Account at the API.") Optional<String> account,
        @Setting(doc = "Its token; or the secret that a webhook's body is signed with.")
                Optional<Secret> token,
        @Setting(doc = "Number or messaging service that texts come from.") Optional<String> from,
        @Setting(doc = "Webhook that gets {phone, channel, text} and sends it.")
                Optional<String> webhookUrl,
        @Setting(
                        def = "Your code is {{ .Code }}",
                        doc = "The text; {{ .Code }} stands for the code.")
                String template,
        @Setting(def = "60s", doc = "Least time between two texts to one number.")
                Duration frequency,
        @Setting(def = "6", doc = "Digits of a code, 6 to 10.") int codeLength,
        @Setting(def = "10m", doc = "How long a code is good for; at most 24h.")
                Duration codeLifetime,
        @Setting(
                        def = "false",
                        doc = "Whether a new account may sign in before its number is confirmed.")
                boolean autoconfirm,
        @Setting(
                        doc =
                                "Numbers that get no text and always the same code, such as"
                                        + " 15550001111=123456; for tests and app reviews.")
                List<String> testOtp) {

    /// Who sends texts.
    public enum Provider {
        NONE,
        TWILIO,
        WEBHOOK,
        INBOX
    }

    public SmsConfig {
        require(
                codeLength >= 6 && codeLength <= 10,
                "auth.sms.code-length must lie between 6 and 10");
        require(
                codeLifetime.isPositive() && codeLifetime.compareTo(Duration.ofDays(1)) <= 0,
                "auth.sms.code-lifetime must lie between a second and a day");
        require(!frequency.isNegative(), "auth.sms.frequency cannot be negative");
        require(
                provider != Provider.TWILIO
                        || (account.isPresent() && token.isPresent() && from.isPresent()),
                "auth.sms.provider twilio needs auth.sms.account, auth.sms.token and auth.sms.from");
        require(
                provider != Provider.WEBHOOK || (webhookUrl.isPresent() && token.isPresent()),
                "auth.sms.provider webhook needs auth.sms.webhook-url and auth.sms.token");
        require(
                testOtp.stream().allMatch(entry -> entry.matches("\\+?[1-9]\\d{6,14}=\\d{6,10}")),
                "auth.sms.test-otp has entries such as 15550001111=123456");
        require(template.contains("{{ .Code }}"), "auth.sms.template must hold {{ .Code }}");
    }

    /// The code that a number always gets.
    public Optional<String> findTestCode(String phone) {
        return testOtp.stream()
                .map(entry -> entry.startsWith("+") ? entry.substring(1) : entry)
                .filter(entry -> entry.startsWith(phone + "="))
                .map(entry -> entry.substring(phone.length() + 1))
                .findFirst();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
