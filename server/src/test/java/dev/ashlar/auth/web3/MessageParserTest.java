package dev.ashlar.auth.web3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The messages of EIP-4361, of the wallets of Solana, and what is none.
class MessageParserTest {
    /// The example of EIP-4361, "Informal Message Template".
    private static final String EXAMPLE =
            """
            example.com wants you to sign in with your Ethereum account:
            0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2

            I accept the ExampleOrg Terms of Service: https://example.com/tos

            URI: https://example.com/login
            Version: 1
            Chain ID: 1
            Nonce: 32891756
            Issued At: 2021-09-30T16:25:24Z
            Resources:
            - ipfs://bafybeiemxf5abjwjbikoz4mc3a3dla6ual3jsgpdr4cjr3oz3evfyavhwq/
            - https://example.com/my-web2-claim.json\
            """;

    private static final String FIELDS =
            """
            URI: https://example.com/
            Version: 1
            Chain ID: 1
            Nonce: 32891756
            Issued At: 2021-09-30T16:25:24Z\
            """;

    private static final String HEAD =
            """
            example.com wants you to sign in with your Ethereum account:
            0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2

            """;

    @Test
    void theExampleOfTheProposal() throws NotBelieved {
        WalletMessage message = MessageParser.parse(Chain.ETHEREUM, EXAMPLE);
        assertThat(message.domain()).isEqualTo("example.com");
        assertThat(message.scheme()).isEmpty();
        assertThat(message.address()).isEqualTo("0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2");
        assertThat(message.statement())
                .contains("I accept the ExampleOrg Terms of Service: https://example.com/tos");
        assertThat(message.uri()).isEqualTo("https://example.com/login");
        assertThat(message.chainId()).contains("1");
        assertThat(message.issuedAt()).isEqualTo(Instant.parse("2021-09-30T16:25:24Z"));
        assertThat(message.expiresAt()).isEmpty();
        assertThat(message.notBefore()).isEmpty();
    }

    @Test
    void everyFieldAndNoStatement() throws NotBelieved {
        WalletMessage message =
                MessageParser.parse(
                        Chain.ETHEREUM,
                        "https://"
                                + HEAD
                                + "\n"
                                + FIELDS
                                + """

                                Expiration Time: 2021-09-30T18:25:24.123+02:00
                                Not Before: 2021-09-30T16:00:00Z
                                Request ID: some-id
                                Resources:
                                """);
        assertThat(message.scheme()).contains("https");
        assertThat(message.statement()).isEmpty();
        assertThat(message.expiresAt()).contains(Instant.parse("2021-09-30T16:25:24.123Z"));
        assertThat(message.notBefore()).contains(Instant.parse("2021-09-30T16:00:00Z"));
        assertThat(MessageParser.parse(Chain.ETHEREUM, HEAD + FIELDS).statement()).isEmpty();
    }

    /// Without a nonce and in an order of its own, as a client of Solana's wallets writes it.
    @Test
    void solanaHasNoFixedOrder() throws NotBelieved {
        WalletMessage message =
                MessageParser.parse(
                        Chain.SOLANA,
                        """
                        localhost:3000 wants you to sign in with your Solana account:
                        586Z7H2vpX9qNhN2T4e9Utugie3ogjbxzGaMtM3E6HR5

                        Hello

                        Version: 1
                        URI: http://localhost:3000/
                        Issued At: 2021-09-30T16:25:24.000Z
                        Chain ID: solana:mainnet\
                        """);
        assertThat(message.domain()).isEqualTo("localhost:3000");
        assertThat(message.chainId()).contains("solana:mainnet");
    }

    @Test
    void whatIsNoMessage() {
        List.of(
                        "",
                        "\n",
                        HEAD,
                        HEAD + "Statement",
                        HEAD + "Statement\n" + FIELDS,
                        HEAD + "One\n\nTwo\n\n" + FIELDS,
                        HEAD.replace("Ethereum", "Solana") + FIELDS,
                        HEAD.replace("example.com", "") + FIELDS,
                        HEAD.replace("example.com", "evil.com example.com") + FIELDS,
                        HEAD.replace("account:\n", "account:") + FIELDS,
                        HEAD + FIELDS + "\n\n",
                        HEAD + FIELDS + "\nURI: https://other.com/",
                        HEAD + FIELDS + "\nVersion: 1",
                        HEAD + FIELDS + "\nSomething: else",
                        HEAD + FIELDS + "\nResources:\nhttps://example.com",
                        HEAD + FIELDS + "\nResources:" + "\n- a:b".repeat(51),
                        HEAD + FIELDS.replace("Version: 1", "Version: 2"),
                        HEAD + FIELDS.replace("Version: 1\n", ""),
                        HEAD + FIELDS.replace("URI: https://example.com/\n", ""),
                        HEAD + FIELDS.replace("32891756", "short"),
                        HEAD + FIELDS.replace("32891756", "not-a-nonce"),
                        HEAD + FIELDS.replace("Chain ID: 1", "Chain ID: main"),
                        HEAD + FIELDS.replace("\nIssued At: 2021-09-30T16:25:24Z", ""),
                        HEAD + FIELDS.replace("T16:25:24Z", ""),
                        HEAD + FIELDS.replace("T16:25:24Z", "T16:25:24"),
                        HEAD + FIELDS.replace("-09-", "-13-"),
                        HEAD + FIELDS.replace("\n", "\r\n"),
                        HEAD + FIELDS.replace("32891756", "3289\u00001756"),
                        // Out of the order of the proposal.
                        HEAD + FIELDS.replace("Version: 1\n", "") + "\nVersion: 1",
                        HEAD + FIELDS + "\nExpiration Time: soon",
                        HEAD + FIELDS + "\nNot Before: 2021",
                        HEAD + "x".repeat(9_000) + "\n\n" + FIELDS)
                .forEach(text ->
                        assertThatThrownBy(() -> MessageParser.parse(Chain.ETHEREUM, text))
                                .as(text)
                                .isInstanceOf(NotBelieved.class));
    }
}
