package dev.ashlar.auth.web3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Against what others have published: EIP-55's addresses and the example of web3.js's
/// documentation.
class EthereumTest {
    private static final String ADDRESS = "0x2c7536e3605d9c16a7a3d7b1898e529396a65c23";
    private static final String MESSAGE = "Some data";
    private static final String R =
            "b91467e570a6466aa9e9876cbcd013baba02900b8979d43fe208a4a4f339f5fd";
    private static final String S =
            "6007e74cd82e037b800186422fc2da167c747ef045e5d18a5f5d4300f8e1a029";
    private static final BigInteger N =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    @Test
    void theSignerIsFound() {
        assertThatCode(() -> Ethereum.verify(ADDRESS, MESSAGE, "0x" + R + S + "1c"))
                .doesNotThrowAnyException();
        assertThatCode(() -> Ethereum.verify(ADDRESS, MESSAGE, "0x" + R + S + "01"))
                .doesNotThrowAnyException();
    }

    @Test
    void anythingElseIsNotBelieved() {
        String other = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";
        assertRefused(other, MESSAGE, "0x" + R + S + "1c");
        assertRefused(ADDRESS, MESSAGE + " ", "0x" + R + S + "1c");
        assertRefused(ADDRESS, MESSAGE, "0x" + R + S + "1b");
        assertRefused(ADDRESS, MESSAGE, "0x" + R + S + "1d");
        assertRefused(ADDRESS, MESSAGE, "0x" + R + S + "ff");
        assertRefused(ADDRESS, MESSAGE, "0x" + S + R + "1c");
        String zero = "0".repeat(64);
        assertRefused(ADDRESS, MESSAGE, "0x" + zero + S + "1c");
        assertRefused(ADDRESS, MESSAGE, "0x" + R + zero + "1c");
        assertRefused(ADDRESS, MESSAGE, "0x" + N.toString(16) + S + "1c");
        assertRefused(ADDRESS, MESSAGE, "0x" + R + N.toString(16) + "1c");
        // No point has this coordinate.
        assertRefused(ADDRESS, MESSAGE, "0x" + "0".repeat(63) + "5" + S + "1c");
        assertRefused(ADDRESS, MESSAGE, R + S + "1c");
        assertRefused(ADDRESS, MESSAGE, "0x" + R + S);
        assertRefused(ADDRESS, MESSAGE, "0x" + R + S + "1c00");
        assertRefused(ADDRESS, MESSAGE, "");
    }

    /// Mathematically as good, and made by anybody of the other.
    @Test
    void theOtherHalfIsRefused() {
        BigInteger high = N.subtract(new BigInteger(S, 16));
        String text = "0".repeat(64 - high.toString(16).length()) + high.toString(16);
        assertRefused(ADDRESS, MESSAGE, "0x" + R + text + "1b");
    }

    @Test
    void capitalsAreAChecksum() throws NotBelieved {
        for (String address :
                List.of(
                        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
                        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
                        "0x52908400098527886E0F7030069857D2E4169EE7",
                        "0xde709f2102306220921060314715629080e2fb77")) {
            assertThat(Ethereum.address(address)).isEqualTo(address.toLowerCase(Locale.ROOT));
            assertThat(Ethereum.address(address.toLowerCase(Locale.ROOT)))
                    .isEqualTo(address.toLowerCase(Locale.ROOT));
        }
        for (String address :
                List.of(
                        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
                        "0X5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
                        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae",
                        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaedd",
                        "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
                        "vitalik.eth")) {
            assertThatThrownBy(() -> Ethereum.address(address)).isInstanceOf(NotBelieved.class);
        }
    }

    private static void assertRefused(String address, String message, String signature) {
        assertThatThrownBy(() -> Ethereum.verify(address, message, signature))
                .as(signature)
                .isInstanceOf(NotBelieved.class);
    }
}
