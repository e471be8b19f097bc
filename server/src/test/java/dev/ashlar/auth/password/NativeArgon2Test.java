package dev.ashlar.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.auth.password.Argon2idHash.Variant;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// libsodium's answers are the ones of RFC 9106, as pure Java has them.
class NativeArgon2Test {
    private final Random random = new Random(9106);

    @ParameterizedTest
    @CsvSource({"8,1,16,0", "8,3,64,1", "64,2,32,72", "1024,1,32,200", "19456,2,32,13"})
    void itIsTheSameFunction(int memoryKib, int passes, int length, int characters) {
        byte[] salt = new byte[NativeArgon2.SALT_BYTES];
        byte[] password = new byte[characters];
        random.nextBytes(salt);
        random.nextBytes(password);
        Optional<byte[]> here =
                NativeArgon2.find().orElseThrow().hash(password, salt, memoryKib, passes, length);
        assertThat(here)
                .contains(
                        Argon2idHash.inJava(
                                Variant.ID, password, salt, memoryKib, passes, 1, length));
    }

    @Test
    void whatItCannotDoIsLeftToJava() {
        byte[] salt = new byte[NativeArgon2.SALT_BYTES];
        assertThat(NativeArgon2.takes(64, 1, salt, 32)).isTrue();
        assertThat(NativeArgon2.takes(64, 2, salt, 32)).isFalse();
        assertThat(NativeArgon2.takes(7, 1, salt, 32)).isFalse();
        assertThat(NativeArgon2.takes(64, 1, new byte[8], 32)).isFalse();
        assertThat(NativeArgon2.takes(64, 1, salt, 15)).isFalse();
    }

    @Test
    void aRefusalIsNoHash() {
        byte[] password = "correct horse".getBytes(StandardCharsets.UTF_8);
        byte[] salt = new byte[NativeArgon2.SALT_BYTES];
        assertThat(NativeArgon2.find().orElseThrow().hash(password, salt, 8, 0, 32)).isEmpty();
    }
}
