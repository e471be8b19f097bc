package dev.ashlar.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Hashes that others made: bcrypt by libxcrypt, Argon2i by the reference program, scrypt by
/// OpenSSL, Firebase's by the example of its documentation.
class ImportedHashTest {
    private static final String FIREBASE =
            "$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,"
                    + "sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA=="
                    + "$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+"
                    + "VHjoZilo78198JAdRuid5lQ==";

    @ParameterizedTest
    @CsvSource({
        "correct horse,$2b$06$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBzC",
        "correct horse,$2a$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
        "p\u00e4ssw\u00f6rd,$2a$05$abcdefghijklmnopqrstuuZVEMa1pjhlynBQ1qXmSvGBJpN9h1w8G",
        "correct horse,'$scrypt$ln=14,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$1idRgu6ns74sljt005o5BblTKV7Jul0HPGT6aXWnXKY'",
        "password,'$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA'",
        "user1password,'" + FIREBASE + "'"
    })
    void fitTheirPasswordAlone(String password, String hash) {
        StoredPassword stored = StoredPassword.parse(hash).orElseThrow();
        assertThat(stored.matches(password)).isTrue();
        assertThat(stored.matches(password + "x")).isFalse();
        assertThat(stored.matches("")).isFalse();
        assertThat(stored.text()).isEqualTo(hash);
        assertThat(stored.isCurrent()).isFalse();
        assertThat(stored.toString()).doesNotContain(hash.substring(hash.length() - 10));
    }

    /// Known of bcrypt, and the reason why it is not what we make.
    @Test
    void bcryptCutsAtSeventyTwoBytes() {
        StoredPassword stored =
                StoredPassword.parse("$2y$05$abcdefghijklmnopqrstuujf8SX2ahXLwp9w/B.Y5XdysS6yR576q")
                        .orElseThrow();
        assertThat(stored.matches("x".repeat(100))).isTrue();
        assertThat(stored.matches("x".repeat(72))).isTrue();
        assertThat(stored.matches("x".repeat(71))).isFalse();
    }

    @Test
    void theOtherArgonsAreVerifiedAndNotCurrent() {
        for (String variant : new String[] {"i", "d"}) {
            String ours = Argon2idHash.of("correct horse", new byte[16]).text();
            StoredPassword other =
                    StoredPassword.parse(ours.replace("argon2id", "argon2" + variant))
                            .orElseThrow();
            assertThat(other.matches("correct horse")).as("not the same function").isFalse();
            assertThat(other.isCurrent()).isFalse();
            assertThat(other.text()).startsWith("$argon2" + variant + "$");
        }
        assertThat(Argon2idHash.of("x", new byte[16]).isCurrent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2a$15$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
                "$2a$31$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
                "$2a$03$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
                "$2x$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
                "$2a$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy",
                "$scrypt$ln=20,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$1idRgu6ns74sljt005o5BblTKV7Jul0HPGT6aXWnXKY",
                "$scrypt$ln=14,r=8,p=99$c2FsdHNhbHRzYWx0c2FsdA$1idRgu6ns74sljt005o5BblTKV7Jul0HPGT6aXWnXKY",
                "$scrypt$ln=0,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$1idRgu6ns74sljt005o5BblTKV7Jul0HPGT6aXWnXKY",
                "$scrypt$ln=14,r=0,p=1$c2FsdHNhbHRzYWx0c2FsdA$1idRgu6ns74sljt005o5BblTKV7Jul0HPGT6aXWnXKY",
                "$fbscrypt$v=2,n=14,r=8,p=1,sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH$42xEC$lSrfV15cpx95sZS2W9c9",
                "$argon2d$v=19$m=99999999,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$1idRgu6ns74sljt005o5BblTKV7Jul0",
                "$argon2x$v=19$m=1024,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$1idRgu6ns74sljt005o5BblTKV7Jul0",
                "$pbkdf2$x"
            })
    void whatCostsTooMuchOrIsUnknownIsNoHash(String text) {
        assertThat(StoredPassword.parse(text)).isEmpty();
    }
}
