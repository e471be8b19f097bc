package dev.ashlar.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.config.Secret;
import org.junit.jupiter.api.Test;

class SecretBoxTest {
    private static final String PURPOSE = "factor 7 secret";
    private final SecretBox box = new SecretBox(new Secret("0123456789abcdef0123456789abcdef"));

    @Test
    void whatIsSealedOpens() {
        String sealed = box.seal("JBSWY3DPEHPK3PXP ✓", PURPOSE);
        assertThat(box.findOpened(sealed, PURPOSE)).contains("JBSWY3DPEHPK3PXP ✓");
        assertThat(sealed).doesNotContain("JBSWY3DP");
    }

    @Test
    void theSameTextIsSealedDifferentlyEachTime() {
        assertThat(box.seal("same", PURPOSE)).isNotEqualTo(box.seal("same", PURPOSE));
    }

    @Test
    void anotherPurposeOrSecretDoesNotOpen() {
        String sealed = box.seal("secret", PURPOSE);
        assertThat(box.findOpened(sealed, "factor 8 secret")).isEmpty();
        SecretBox other = new SecretBox(new Secret("another secret of enough characters"));
        assertThat(other.findOpened(sealed, PURPOSE)).isEmpty();
    }

    @Test
    void everyChangedCharacterIsNoticed() {
        String sealed = box.seal("secret", PURPOSE);
        for (int i = 0; i < sealed.length(); i++) {
            char other = sealed.charAt(i) == 'A' ? 'Q' : 'A';
            String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
            assertThat(box.findOpened(changed, PURPOSE)).as("at %d", i).isEmpty();
        }
    }

    @Test
    void whatIsNoBoxDoesNotOpen() {
        for (String text : new String[] {"", "v1.", "v1.AAAA", "v1.***", "v2.AAAA", "JBSWY3DP"}) {
            assertThat(box.findOpened(text, PURPOSE)).as(text).isEmpty();
        }
    }

    @Test
    void aFingerprintFollowsFromTextPurposeAndSecret() {
        String print = box.fingerprint("123456", PURPOSE);
        assertThat(print).hasSize(64).isEqualTo(box.fingerprint("123456", PURPOSE));
        assertThat(box.fingerprint("123457", PURPOSE)).isNotEqualTo(print);
        assertThat(box.fingerprint("123456", "other")).isNotEqualTo(print);
        SecretBox other = new SecretBox(new Secret("another secret of enough characters"));
        assertThat(other.fingerprint("123456", PURPOSE)).isNotEqualTo(print);
    }

    @Test
    void aPurposeAndATextDoNotRunIntoEachOther() {
        assertThat(box.fingerprint("b", "a")).isNotEqualTo(box.fingerprint("", "ab"));
    }
}
