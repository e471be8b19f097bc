package dev.ashlar.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Native code and the JDK understand each other.
class NativeSignaturesTest {
    private static final byte[] TEXT = "header.claims".getBytes(StandardCharsets.UTF_8);

    @Test
    void thisPlatformHasNativeCode() {
        assertThat(NativeSignatures.await().map(Provider::getName))
                .contains("AmazonCorrettoCryptoProvider");
    }

    @ParameterizedTest
    @CsvSource({"EC,256,SHA256withECDSAinP1363Format", "RSA,2048,SHA256withRSA"})
    void whatOneSignsTheOtherVerifies(String family, int bits, String algorithm)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
        generator.initialize(bits);
        KeyPair pair = generator.generateKeyPair();
        NativeSignatures.await();
        Signature here = NativeSignatures.open(algorithm);
        Signature there = Signature.getInstance(algorithm);
        assertThat(here.getProvider().getName()).isNotEqualTo(there.getProvider().getName());
        for (Signature[] way : new Signature[][] {{here, there}, {there, here}}) {
            way[0].initSign(pair.getPrivate());
            way[0].update(TEXT);
            byte[] signed = way[0].sign();
            way[1].initVerify(pair.getPublic());
            way[1].update(TEXT);
            assertThat(way[1].verify(signed)).isTrue();
            way[1].initVerify(pair.getPublic());
            way[1].update(TEXT, 1, TEXT.length - 1);
            assertThat(way[1].verify(signed)).isFalse();
        }
    }

    /// Zero and the order of the curve as r or s: CVE-2022-21449 of the JDK.
    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, mode = Mode.EXCLUDE, names = "HS256")
    void emptyNumbersAreNoSignature(SigningAlgorithm algorithm) {
        Optional<Provider> loaded = NativeSignatures.await();
        SigningPair pair = algorithm.freshPair();
        byte[] signed = pair.sign(TEXT);
        assertThat(pair.verify(TEXT, signed)).as("with " + loaded).isTrue();
        assertThat(pair.verify(TEXT, new byte[signed.length])).isFalse();
        assertThat(pair.verify(TEXT, new byte[0])).isFalse();
        assertThat(pair.verify(TEXT, new byte[signed.length + 1])).isFalse();
        signed[signed.length - 1] ^= 1;
        assertThat(pair.verify(TEXT, signed)).isFalse();
    }

    @Test
    void whatIsNotTakenIsTheJdks() throws GeneralSecurityException {
        NativeSignatures.await();
        assertThat(NativeSignatures.open("Ed25519").getProvider().getName())
                .isNotEqualTo("AmazonCorrettoCryptoProvider");
    }
}
