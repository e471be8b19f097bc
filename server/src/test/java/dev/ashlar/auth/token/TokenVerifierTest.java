package dev.ashlar.auth.token;

import static dev.ashlar.auth.token.TokenFixtures.HEADER;
import static dev.ashlar.auth.token.TokenFixtures.NOW;
import static dev.ashlar.auth.token.TokenFixtures.SECRET;
import static dev.ashlar.auth.token.TokenFixtures.token;
import static dev.ashlar.auth.token.TokenFixtures.verifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.config.ByteSize;
import dev.ashlar.config.Secret;
import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Role;
import dev.ashlar.problem.AuthProblem.TokenFault;
import dev.ashlar.problem.AuthProblem.TokenInvalid;
import dev.ashlar.problem.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {
    private static final Secret OTHER = new Secret("another-secret-that-is-32-bytes-long");

    @Test
    void claimsAreTheTextThatWasSigned() {
        String payload =
                "{ \"role\":\"authenticated\",\n \"sub\":\"u1\", \"big\":12345678901234567890 }";
        Caller caller = verifier(TokenRules.DEFAULT).verify(token(HEADER, payload));
        assertThat(caller).isInstanceOf(Caller.Bearer.class);
        assertThat(caller.role()).isEqualTo(Role.AUTHENTICATED);
        assertThat(caller.claims().json()).isEqualTo(payload);
        assertThat(caller.claims().findSubject()).contains("u1");
    }

    @Test
    void withoutRoleTheCallerIsAnonymous() {
        Caller caller = verifier(TokenRules.DEFAULT).verify(token(HEADER, "{\"a\":1}"));
        assertThat(caller).isInstanceOf(Caller.Anonymous.class);
        assertThat(caller.role()).isEqualTo(Role.ANON);
    }

    @Test
    void aSubjectMakesABearerEvenAsAnon() {
        Caller caller =
                verifier(TokenRules.DEFAULT)
                        .verify(token(HEADER, "{\"role\":\"anon\",\"sub\":\"u\"}"));
        assertThat(caller).isInstanceOf(Caller.Bearer.class);
    }

    @Test
    void theRoleIsReadWhereTheRulesSay() {
        TokenRules rules =
                new TokenRules(
                        Optional.empty(),
                        RoleClaimPath.parse(".\"https://a.example/x\".roles[1]"),
                        Role.ANON);
        String payload = "{\"https://a.example/x\":{\"roles\":[\"a\",\"editor\"]}}";
        assertThat(verifier(rules).verify(token(HEADER, payload)).role())
                .isEqualTo(new Role("editor"));
    }

    @Test
    void acceptsOtherClocksWithinThirtySeconds() {
        String payload = "{\"nbf\":" + (NOW + 30) + ",\"iat\":" + (NOW + 30) + "}";
        assertThat(verifier(TokenRules.DEFAULT).verify(token(HEADER, payload))).isNotNull();
    }

    @Test
    void aTokenWithoutAudienceIsForEveryAudience() {
        TokenRules rules = new TokenRules(Optional.of("a"), RoleClaimPath.parse("role"), Role.ANON);
        assertThat(verifier(rules).verify(token(HEADER, "{}"))).isNotNull();
        assertThat(verifier(rules).verify(token(HEADER, "{\"aud\":[]}"))).isNotNull();
        assertThat(verifier(rules).verify(token(HEADER, "{\"aud\":[\"b\",\"a\"]}"))).isNotNull();
    }

    @Test
    void nullIsNoAudience() {
        TokenRules rules = new TokenRules(Optional.of("a"), RoleClaimPath.parse("role"), Role.ANON);
        assertThat(verifier(rules).verify(token(HEADER, "{\"aud\":null}"))).isNotNull();
    }

    @Test
    void tokensOfOthersMayExpireByTheirClocks() {
        TokenVerifier skewed = verifier(TokenRules.DEFAULT.skewed());
        assertThat(skewed.verify(token(HEADER, "{\"exp\":" + (NOW - 29) + "}"))).isNotNull();
        assertFault(skewed, token(HEADER, "{\"exp\":" + (NOW - 30) + "}"), TokenFault.EXPIRED);
    }

    @Test
    void aBearerWithoutTokenIsATokenOfNothing() {
        assertThat(CallerResolver.findBearer("Bearer")).contains("");
        assertThat(CallerResolver.findBearer("bearer  ")).contains("");
        assertThat(CallerResolver.findBearer("BEARER a.b.c")).contains("a.b.c");
        assertThat(CallerResolver.findBearer("Bearers")).isEmpty();
        assertThat(CallerResolver.findBearer("Basic a")).isEmpty();
    }

    @Test
    void aRememberedTokenEndsWithItsExpiry() {
        AtomicLong now = new AtomicLong(NOW);
        InstantSource clock = () -> Instant.ofEpochSecond(now.get());
        TokenVerifier verifier = verifier(TokenRules.DEFAULT, clock);
        String token = token(HEADER, "{\"exp\":" + (NOW + 10) + "}");
        Caller first = verifier.verify(token);
        assertThat(verifier.remembered()).isOne();
        assertThat(verifier.verify(token)).isSameAs(first);
        now.set(NOW + 9);
        assertThat(verifier.verify(token)).isSameAs(first);
        now.set(NOW + 10);
        assertFault(verifier, token, TokenFault.EXPIRED);
    }

    @Test
    void aRememberedTokenOfOthersEndsWithTheirClocks() {
        AtomicLong now = new AtomicLong(NOW);
        InstantSource clock = () -> Instant.ofEpochSecond(now.get());
        TokenVerifier verifier = verifier(TokenRules.DEFAULT.skewed(), clock);
        String token = token(HEADER, "{\"exp\":" + (NOW + 10) + "}");
        Caller first = verifier.verify(token);
        now.set(NOW + 39);
        assertThat(verifier.verify(token)).isSameAs(first);
        now.set(NOW + 40);
        assertFault(verifier, token, TokenFault.EXPIRED);
    }

    @Test
    void aRememberedTokenIsNotValidBeforeItsTime() {
        AtomicLong now = new AtomicLong(NOW);
        InstantSource clock = () -> Instant.ofEpochSecond(now.get());
        TokenVerifier verifier = verifier(TokenRules.DEFAULT, clock);
        String token = token(HEADER, "{\"nbf\":" + NOW + "}");
        verifier.verify(token);
        now.set(NOW - 31);
        assertFault(verifier, token, TokenFault.NOT_YET_VALID);
    }

    @Test
    void aRememberedTokenEndsWithItsKey() {
        TokenVerifier verifier = verifier(TokenRules.DEFAULT);
        String token = token(HEADER, "{}");
        verifier.verify(token);
        verifier.useKeys(TokenKeys.of(OTHER));
        assertThat(verifier.remembered()).isZero();
        assertFault(verifier, token, TokenFault.BAD_SIGNATURE);
        verifier.useKeys(TokenKeys.of(SECRET));
        assertThat(verifier.verify(token)).isNotNull();
    }

    @Test
    void memoryIsBounded() {
        TokenVerifier verifier =
                new TokenVerifier(
                        TokenKeys.of(SECRET),
                        TokenRules.DEFAULT,
                        new ByteSize(100_000),
                        InstantSource.fixed(Instant.ofEpochSecond(NOW)));
        for (int i = 0; i < 1_000; i++) {
            verifier.verify(token(HEADER, "{\"sub\":\"" + i + "\"}"));
        }
        assertThat(verifier.remembered()).isBetween(1L, 50L);
    }

    @Test
    void apiKeysFollowFromSecretAndMoment() {
        Instant issued = Instant.ofEpochSecond(NOW);
        ApiKeys keys = ApiKeys.derive(SECRET, issued);
        assertThat(ApiKeys.derive(SECRET, issued).anon()).isEqualTo(keys.anon());
        assertThat(keys.toString()).doesNotContain(keys.serviceRole().reveal());
        TokenVerifier verifier = verifier(TokenRules.DEFAULT);
        assertThat(verifier.verify(keys.anon())).isInstanceOf(Caller.Anonymous.class);
        Caller service = verifier.verify(keys.serviceRole().reveal());
        assertThat(service.role()).isEqualTo(Role.SERVICE);
        assertThat(service.claims().json())
                .isEqualTo(
                        "{\"iss\":\"ashlar\",\"role\":\"service_role\",\"iat\":1800000000,"
                                + "\"exp\":2115619200}");
    }

    @Test
    void shortSecretsAreRefused() {
        assertThatThrownBy(() -> TokenKeys.of(new Secret("short")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32");
    }

    @Test
    void theBearerTokenWinsOverTheApiKey() {
        CallerResolver resolver = new CallerResolver(verifier(TokenRules.DEFAULT), Role.ANON);
        String user = token(HEADER, "{\"role\":\"authenticated\",\"sub\":\"u1\"}");
        String key = token(HEADER, "{\"role\":\"service_role\"}");
        assertThat(resolver.resolve(Optional.of("Bearer " + user), Optional.of(key)).role())
                .isEqualTo(Role.AUTHENTICATED);
        assertThat(resolver.resolve(Optional.of("bearer  " + user), Optional.empty()).role())
                .isEqualTo(Role.AUTHENTICATED);
        assertThat(resolver.resolve(Optional.of("Basic dTpw"), Optional.of(key)).role())
                .isEqualTo(Role.SERVICE);
        Caller nobody = resolver.resolve(Optional.empty(), Optional.empty());
        assertThat(nobody.claims().json()).isEqualTo("{\"role\":\"anon\"}");
        assertThatThrownBy(() -> resolver.resolve(Optional.of("Bearer "), Optional.of(key)))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> resolver.resolve(Optional.empty(), Optional.of("opaque")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void pathsThatLeadNowhereAreRefusedAtStart() {
        for (String path : new String[] {"", ".", "a..b", "a[", "a[x]", "\"a", "a[0"}) {
            assertThatThrownBy(() -> RoleClaimPath.parse(path))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void assertFault(TokenVerifier verifier, String token, TokenFault fault) {
        assertThatThrownBy(() -> verifier.verify(token))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem()).isEqualTo(new TokenInvalid(fault)));
    }
}
