package dev.ashlar.auth.web3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Against what others have published: test 2 of RFC 8032, 7.1, whose message is the letter r; the
/// addresses of Solana's own programs.
class SolanaTest {
    /// 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c in base58.
    private static final String ADDRESS = "586Z7H2vpX9qNhN2T4e9Utugie3ogjbxzGaMtM3E6HR5";

    private static final String SIGNATURE =
            Base64.getUrlEncoder()
                    .encodeToString(
                            HexFormat.of()
                                    .parseHex(
                                            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223"
                                                    + "ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2e"
                                                    + "aeb4302aeeb00d291612bb0c00"));

    @Test
    void theSignatureFits() {
        assertThatCode(() -> Solana.verify(ADDRESS, "r", SIGNATURE)).doesNotThrowAnyException();
        String bare = SIGNATURE.replace("=", "");
        assertThatCode(() -> Solana.verify(ADDRESS, "r", bare)).doesNotThrowAnyException();
    }

    @Test
    void anythingElseIsNotBelieved() {
        assertRefused("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", "r", SIGNATURE);
        assertRefused(ADDRESS, "s", SIGNATURE);
        assertRefused(ADDRESS, "", SIGNATURE);
        assertRefused(ADDRESS, "r", "A" + SIGNATURE.substring(1));
        assertRefused(ADDRESS, "r", "A".repeat(86) + "==");
        assertRefused(ADDRESS, "r", SIGNATURE.substring(4));
        assertRefused(ADDRESS, "r", "");
        assertRefused(ADDRESS, "r", "0x" + "00".repeat(64));
    }

    /// The identity, of order one: the signature of (identity, 0) is good for every message.
    @Test
    void aKeyThatIsNobodysIsRefused() {
        byte[] identity = new byte[64];
        identity[0] = 1;
        // 01 and 31 zero bytes in base58.
        String address = "4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM";
        assertRefused(address, "r", Base64.getUrlEncoder().encodeToString(identity));
    }

    @Test
    void addressesAreThirtyTwoBytesInOneForm() throws NotBelieved {
        for (String address :
                List.of(
                        "11111111111111111111111111111111",
                        "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
                        "SysvarC1ock11111111111111111111111111111111",
                        ADDRESS)) {
            assertThat(Solana.address(address)).isEqualTo(address);
        }
        for (String address :
                List.of(
                        "111111111111111111111111111111111",
                        "1111111111111111111111111111111",
                        "1" + ADDRESS,
                        ADDRESS.substring(3),
                        ADDRESS.replace('7', '0'),
                        ADDRESS.replace('7', 'l'),
                        "z".repeat(44),
                        "")) {
            assertThatThrownBy(() -> Solana.address(address))
                    .as(address)
                    .isInstanceOf(NotBelieved.class);
        }
    }

    private static void assertRefused(String address, String message, String signature) {
        assertThatThrownBy(() -> Solana.verify(address, message, signature))
                .as(message + " " + signature)
                .isInstanceOf(NotBelieved.class);
    }
}
