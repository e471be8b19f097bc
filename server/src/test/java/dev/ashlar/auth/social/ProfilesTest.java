package dev.ashlar.auth.social;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.config.ExternalConfig;
import dev.ashlar.auth.config.ProviderName;
import dev.ashlar.auth.outbound.FetchFailed;
import dev.ashlar.auth.social.Provider.OAuth;
import dev.ashlar.auth.social.Provider.OpenId;
import dev.ashlar.auth.social.Provider.Trust;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What providers' APIs answer, as their documentation shows it, and what is believed of it.
class ProfilesTest {
    private static final Optional<EmailAddress> ADA =
            Optional.of(new EmailAddress("ada@x.example"));

    private static Profile read(ProfileReader reader, String tokens, Map<String, String> answers) {
        try {
            return reader.read(
                    url -> {
                        try {
                            return Json.parse(answers.getOrDefault(url, "null"));
                        } catch (MalformedJsonException e) {
                            throw new AssertionError(url, e);
                        }
                    },
                    (JsonObject) Json.parse(tokens));
        } catch (FetchFailed | SocialFailure | MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    private static Profile read(ProfileReader reader, String url, String answer) {
        return read(reader, "{}", Map.of(url, answer));
    }

    private static void verified(Profile profile, String subject) {
        assertThat(profile.subject()).isEqualTo(subject);
        assertThat(profile.email()).isEqualTo(ADA);
        assertThat(profile.hasVerifiedEmail()).isTrue();
    }

    private static void doubtful(Profile profile, String subject) {
        assertThat(profile.subject()).isEqualTo(subject);
        assertThat(profile.email()).isEqualTo(ADA);
        assertThat(profile.hasVerifiedEmail()).isFalse();
        assertThat(profile.details().toString()).contains("email_verified=FALSE");
    }

    @Test
    void whatTheDatabaseCannotHoldIsLeftOut() {
        String url = "r/api/users/@me";
        String user = "{\"id\":%s,\"username\":\"ada\",\"global_name\":\"%s\"}";
        Profile large = read(Profiles.discord("r"), url, user.formatted("1e900000000", "\\ud83d"));
        assertThat(large.subject()).isEqualTo("1E+900000000");
        assertThat(large.details().findText("user_name")).contains("ada");
        assertThat(large.details().toString()).doesNotContain("\ud83d");
        assertThatThrownBy(() ->
                        read(Profiles.discord("r"), url, user.formatted("\"a\\u0000\"", "Ada")))
                .hasStackTraceContaining("told no subject");
    }

    @Test
    void discord() {
        String url = "r/api/users/@me";
        String user =
                "{\"id\":\"80\",\"username\":\"ada\",\"avatar\":\"f0\",\"email\":\"ada@x.example\",\"verified\":%s}";
        Profile ada = read(Profiles.discord("r"), url, user.formatted("true"));
        verified(ada, "80");
        assertThat(ada.details().findText("avatar_url"))
                .contains("https://cdn.discordapp.com/avatars/80/f0.png");
        doubtful(read(Profiles.discord("r"), url, user.formatted("false")), "80");
    }

    @Test
    void github() {
        ProfileReader reader = Profiles.github("r");
        String user = "{\"id\":7,\"login\":\"ada\"}";
        String mails =
                "[{\"email\":\"b@x.example\",\"primary\":false,\"verified\":true},"
                        + "{\"email\":\"ada@x.example\",\"primary\":true,\"verified\":%s}]";
        verified(
                read(
                        reader,
                        "{}",
                        Map.of("r/user", user, "r/user/emails", mails.formatted("true"))),
                "7");
        doubtful(
                read(
                        reader,
                        "{}",
                        Map.of("r/user", user, "r/user/emails", mails.formatted("false"))),
                "7");
    }

    @Test
    void addressesThatNobodyVouchesFor() {
        doubtful(
                read(
                        Profiles.spotify("r"),
                        "r/v1/me",
                        "{\"id\":\"s\",\"display_name\":\"Ada\",\"email\":\"ada@x.example\",\"images\":[]}"),
                "s");
        doubtful(
                read(
                        Profiles.facebook("r"),
                        "r/me?fields=id,name,email,picture.type(large)",
                        "{\"id\":\"f\",\"name\":\"Ada\",\"email\":\"ada@x.example\",\"email_verified\":true}"),
                "f");
        doubtful(
                read(
                        Profiles.figma("r"),
                        "r/v1/me",
                        "{\"id\":\"g\",\"handle\":\"Ada\",\"email\":\"ada@x.example\"}"),
                "g");
        doubtful(
                read(
                        Profiles.fly("r"),
                        "r/oauth/token/info",
                        "{\"user_id\":\"y\",\"user_name\":\"Ada\",\"email\":\"ada@x.example\"}"),
                "y");
        doubtful(
                read(
                        Profiles.workos("r"),
                        "{\"profile\":{\"id\":\"w\",\"email\":\"ada@x.example\",\"first_name\":\"Ada\"}}",
                        Map.of()),
                "w");
        doubtful(
                read(
                        Profiles.notion("r"),
                        "{\"owner\":{\"type\":\"user\",\"user\":{\"id\":\"n\",\"name\":\"Ada\",\"person\":{\"email\":\"ada@x.example\"}}}}",
                        Map.of()),
                "n");
    }

    @Test
    void bitbucketKakaoZoomAndX() {
        verified(
                read(
                        Profiles.bitbucket("r"),
                        "{}",
                        Map.of(
                                "r/2.0/user",
                                "{\"uuid\":\"{b}\",\"display_name\":\"Ada\"}",
                                "r/2.0/user/emails",
                                "{\"values\":[{\"email\":\"ada@x.example\",\"is_primary\":true,\"is_confirmed\":true}]}")),
                "{b}");
        String kakao =
                "{\"id\":123456789,\"kakao_account\":{\"email\":\"ada@x.example\",\"is_email_valid\":%s,\"is_email_verified\":true}}";
        verified(read(Profiles.kakao("r"), "r/v2/user/me", kakao.formatted("true")), "123456789");
        doubtful(read(Profiles.kakao("r"), "r/v2/user/me", kakao.formatted("false")), "123456789");
        verified(
                read(
                        Profiles.zoom("r"),
                        "r/v2/users/me",
                        "{\"id\":\"z\",\"email\":\"ada@x.example\",\"verified\":1,\"first_name\":\"Ada\"}"),
                "z");
        verified(
                read(
                        Profiles.x("r"),
                        "r/2/users/me?user.fields=profile_image_url,confirmed_email",
                        "{\"data\":{\"id\":\"x\",\"username\":\"ada\",\"confirmed_email\":\"ada@x.example\"}}"),
                "x");
    }

    @Test
    void answersWithoutSubjectAreNobody() {
        assertThat(
                        catchThrowableOfType(
                                SocialFailure.class,
                                () ->
                                        Profiles.figma("r")
                                                .read(_ -> JsonObject.EMPTY, JsonObject.EMPTY)))
                .isNotNull();
    }

    @Test
    void everyProviderHasItsPreset() {
        for (ProviderName name : ProviderName.values()) {
            Provider provider =
                    preset(
                            name,
                            name == ProviderName.KEYCLOAK ? "https://id.example/realms/a" : null);
            assertThat(provider.name()).isEqualTo(name.word());
            assertThat(
                            switch (provider.protocol()) {
                                case OpenId openId -> openId.discoveryUrl();
                                case OAuth oauth -> oauth.authorizeUrl() + oauth.tokenUrl();
                            })
                    .startsWith("https://");
            assertThat(provider.rules().email())
                    .isEqualTo(name == ProviderName.AZURE ? Trust.XMS_EDOV : Trust.CLAIM);
        }
    }

    private static Provider preset(ProviderName name, @Nullable String url) {
        ExternalConfig config =
                new ExternalConfig(
                        true,
                        List.of("id"),
                        Optional.empty(),
                        Optional.ofNullable(url),
                        Optional.empty(),
                        List.of(),
                        false,
                        false);
        return Presets.of(name, config, "https://api.example/callback");
    }

    /// Microsoft's description of `consumers` names the tenant's id.
    @Test
    void personalAccountsOfMicrosoftHaveAnIssuerOfTheirOwn() {
        String root = "https://login.microsoftonline.com/";
        String id = "9188040d-6c67-4c5b-b112-36a304b66dad";
        assertThat(preset(ProviderName.AZURE, root + "consumers").protocol())
                .isEqualTo(
                        new OpenId(
                                root + "consumers/v2.0/.well-known/openid-configuration",
                                root + id + "/v2.0"));
        String common = ((OpenId) preset(ProviderName.AZURE, null).protocol()).issuer();
        assertThat(IdTokens.isIssuer(common, root + id + "/v2.0", Optional.of(id))).isTrue();
        assertThat(IdTokens.isIssuer(common, root + id + "/v2.0", Optional.empty())).isTrue();
        assertThat(IdTokens.isIssuer(common, root + id + "/v2.0", Optional.of(""))).isFalse();
        assertThat(IdTokens.isIssuer(common, root + "x/v2.0", Optional.empty())).isFalse();
    }

    @Test
    void anIdentityStaysWithItsIssuer() throws SocialFailure, MalformedJsonException {
        Provider google = preset(ProviderName.GOOGLE, null);
        Profile ada =
                Profiles.claims(
                        "https://accounts.google.com",
                        (JsonObject) Json.parse("{\"sub\":\"1\"}"),
                        Profile.EmailStatus.UNVERIFIED);
        assertThat(ada.isOfIssuerOf(iss("accounts.google.com"), google)).isTrue();
        assertThat(ada.isOfIssuerOf(iss("https://accounts.google.com/"), google)).isTrue();
        assertThat(ada.isOfIssuerOf(JsonObject.EMPTY, google)).isTrue();
        assertThat(ada.isOfIssuerOf(iss("https://accounts.google.com/a"), google)).isFalse();
        assertThat(ada.isOfIssuerOf(iss("https://evil.example"), google)).isFalse();
        Profile grace =
                read(
                        Profiles.figma("https://api.figma.com"),
                        "https://api.figma.com/v1/me",
                        "{\"id\":\"1\"}");
        Provider figma = preset(ProviderName.FIGMA, null);
        assertThat(grace.isOfIssuerOf(iss("https://api.figma.com/v1"), figma)).isTrue();
        assertThat(grace.isOfIssuerOf(iss("https://figma.example"), figma)).isFalse();
    }

    private static JsonObject iss(String issuer) {
        return new JsonObjectBuilder().put("iss", issuer).build();
    }
}
