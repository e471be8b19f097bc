package dev.ashlar.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Hashes that others made, or published:
///
/// - Firebase's: the example in https://github.com/firebase/scrypt (README, "Password Hashing");
/// - Argon2: the vectors of the reference program, https://github.com/P-H-C/phc-winner-argon2
///   (src/test.c, version 0x13). Those of RFC 9106, 5 have a secret and associated data, which no
///   PHC string of a password has;
/// - scrypt: RFC 7914, 12, and OpenSSL;
/// - bcrypt: https://www.openwall.com/crypt (crypt_blowfish, wrapper.c), and libxcrypt.
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
        "password,'$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8'",
        "password,'$argon2i$v=19$m=256,t=2,p=2$c29tZXNhbHQ$T/XOJ2mh1/TIpJHfCdQan76Q5esCFVoT5MAeIM1Oq2E'",
        "password,'$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'",
        "password,'$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc'",
        "pleaseletmein,'$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw'",
        "U*U,$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "U*U*,$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK",
        "U*U*U,$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a",
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

    /// One of each kind costs what those in the database do.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2b$06",
                "$scrypt$ln=14,r=8,p=1",
                "$fbscrypt$v=1,n=14,r=8,p=1",
                "$argon2i$v=19$m=256,t=2,p=1"
            })
    void aSampleHasTheFormOfItsKind(String form) {
        StoredPassword sample = StoredPassword.sample(form).orElseThrow();
        assertThat(sample.text()).startsWith(form);
        assertThat(sample.matches("password")).isFalse();
    }

    @Test
    void thereIsNoSampleOfWhatCostsTooMuch() {
        assertThat(StoredPassword.sample("$2b$31")).isEmpty();
        assertThat(StoredPassword.sample("")).isEmpty();
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
