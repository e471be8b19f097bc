package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.Race;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Sign-in with a wallet: who is let in, and every reason why not.
class WalletsIT {
    private static Vertx vertx;
    private static DatabaseForTests database;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        database = PostgresForTests.fresh();
    }

    @AfterAll
    static void stop() {
        vertx.close();
    }

    @Test
    void aWalletIsAnAccount() {
        try (RunningAuth auth = open()) {
            for (TestWallet wallet : wallets()) {
                Answer session = signIn(auth, wallet, message(auth, wallet));
                assertThat(session.status()).as("%s", session.body()).isEqualTo(200);
                JsonObject user = session.object("user");
                String subject = "web3:" + wallet.chain() + ":" + wallet.address();
                String identities = Json.write(user.find("identities").orElseThrow());
                assertThat(identities)
                        .contains("\"provider\":\"web3\"")
                        .contains("\"id\":\"" + subject + "\"")
                        .contains("\"sub\":\"" + subject + "\"")
                        .contains("\"address\":\"" + wallet.address() + "\"")
                        .contains("\"statement\":\"I like it here\"");
                assertThat(Json.write(user.find("app_metadata").orElseThrow()))
                        .contains("\"provider\":\"web3\"");
                assertThat(user.findText("email")).contains("");
                assertThat(
                                Json.write(
                                        AuthIT.claims(session.text("access_token"))
                                                .find("amr")
                                                .orElseThrow()))
                        .contains("\"method\":\"web3\"");
                auth.pass(Duration.ofMinutes(1));
                Answer again = signIn(auth, wallet, message(auth, wallet));
                assertThat(again.object("user").findText("id")).isEqualTo(user.findText("id"));
            }
        }
    }

    @Test
    void oneMessageOpensOneSession() {
        try (RunningAuth auth = open("auth.web3.sign-ins-per-minute=1000")) {
            for (TestWallet wallet : wallets()) {
                String message = message(auth, wallet);
                String signature = wallet.sign(message);
                List<Integer> statuses =
                        Race.of(
                                8,
                                () -> present(auth, wallet.chain(), message, signature).status());
                assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
                assertThat(statuses.stream().filter(status -> status == 400)).hasSize(7);
                // Nor with another signature of it.
                assertRefused(
                        present(auth, wallet.chain(), message, wallet.sign(message)),
                        "the message was used before");
                auth.pass(Duration.ofMinutes(11));
                auth.domain().housekeeping().sweep();
                assertRefused(
                        present(auth, wallet.chain(), message, signature),
                        "the message was issued too long ago");
            }
            assertThat(
                            database.ask(
                                    "select count(*) from auth.web3_messages where expires_at < now()"))
                    .isEqualTo("0");
        }
    }

    @Test
    void whatIsForAnotherSiteIsRefused() {
        try (RunningAuth auth = open("auth.redirect-urls=https://other.example.com/in/**")) {
            for (TestWallet wallet : wallets()) {
                String good = message(auth, wallet);
                Map<String, String> refused =
                        Map.of(
                                good.replace("localhost:3000", "evil.example.com"),
                                "the URI of the message is no page of this application",
                                good.replaceFirst("localhost:3000", "evil.example.com"),
                                "the domain of the message is not that of its URI",
                                good.replaceFirst("localhost:3000", "localhost"),
                                "the domain of the message is not that of its URI",
                                good.replace("http://localhost:3000", "http://evil.example.com"),
                                "the URI of the message is no page of this application",
                                good.replace(
                                        "http://localhost:3000/",
                                        "http://localhost:3000@evil.example.com/"),
                                "the URI of the message is no page of this application",
                                good.replaceFirst("localhost:3000", "https://localhost:3000"),
                                "the domain of the message is not that of its URI",
                                good.replaceFirst("localhost:3000", "other.example.com")
                                        .replace(
                                                "http://localhost:3000/",
                                                "https://other.example.com/out"),
                                "the URI of the message is no page of this application");
                refused.forEach(
                        (message, why) -> assertRefused(signIn(auth, wallet, message), why));
                String listed =
                        good.replaceFirst("localhost:3000", "https://other.example.com")
                                .replace(
                                        "http://localhost:3000/",
                                        "https://other.example.com/in/here");
                assertThat(signIn(auth, wallet, listed).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void whatIsNotOfNowIsRefused() {
        try (RunningAuth auth = open()) {
            for (TestWallet wallet : wallets()) {
                Instant now = auth.now();
                assertRefused(
                        signIn(auth, wallet, message(wallet, now.minusSeconds(601), "")),
                        "the message was issued too long ago");
                assertRefused(
                        signIn(auth, wallet, message(wallet, now.plusSeconds(90), "")),
                        "the message was issued in the future");
                assertRefused(
                        signIn(
                                auth,
                                wallet,
                                message(wallet, now, "\nExpiration Time: " + now.minusMillis(1))),
                        "the message has expired");
                assertRefused(
                        signIn(
                                auth,
                                wallet,
                                message(wallet, now, "\nNot Before: " + now.plusSeconds(90))),
                        "the message is not good yet");
                assertThat(
                                signIn(
                                                auth,
                                                wallet,
                                                message(
                                                        wallet,
                                                        now.minusSeconds(300),
                                                        "\nExpiration Time: "
                                                                + now.plusSeconds(60)
                                                                + "\nNot Before: "
                                                                + now.minusSeconds(60)
                                                                + "\nRequest ID: 7\nResources:"
                                                                + "\n- https://example.com/tos"))
                                        .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void onlyTheOwnerOfTheAddressIsBelieved() {
        try (RunningAuth auth = open()) {
            for (TestWallet wallet : wallets()) {
                TestWallet other =
                        wallet.chain().equals("solana")
                                ? TestWallet.Solana.fresh()
                                : TestWallet.Ethereum.fresh();
                String message = message(auth, wallet);
                String why = "the signature is not by the address in the message";
                assertRefused(present(auth, wallet.chain(), message, other.sign(message)), why);
                assertRefused(
                        present(auth, wallet.chain(), message, wallet.sign(message + " ")), why);
            }
            TestWallet wallet = TestWallet.Ethereum.fresh();
            String message = message(auth, wallet);
            assertRefused(
                    present(auth, "ethereum", message, "0x1234"),
                    "the signature must be 65 bytes in hex, after 0x");
            assertRefused(
                    present(auth, "solana", message, wallet.sign(message)),
                    "the first line must be \"DOMAIN wants you to sign in with your Solana"
                            + " account:\"");
            assertThat(accounts("web3:ethereum:" + wallet.address())).isEqualTo("0");
        }
    }

    @Test
    void chainsAreSwitchedOnOneByOne() {
        TestWallet wallet = TestWallet.Solana.fresh();
        try (RunningAuth auth =
                new RunningAuth(vertx, database, "auth.web3.ethereum.enabled=true")) {
            assertError(signIn(auth, wallet, message(auth, wallet)), 422, "web3_provider_disabled");
            assertError(present(auth, "bitcoin", "x", "y"), 400, "web3_unsupported_chain");
            assertError(present(auth, "", "x", "y"), 400, "validation_failed");
            assertError(present(auth, "ethereum", "", "y"), 400, "validation_failed");
            assertError(present(auth, "ethereum", "x", ""), 400, "validation_failed");
            TestWallet other = TestWallet.Ethereum.fresh();
            assertThat(signIn(auth, other, message(auth, other)).status()).isEqualTo(200);
        }
    }

    @Test
    void theRulesOfAccountsHold() {
        TestWallet wallet = TestWallet.Ethereum.fresh();
        try (RunningAuth auth = open("auth.disable-signup=true")) {
            assertError(signIn(auth, wallet, message(auth, wallet)), 422, "signup_disabled");
        }
        try (RunningAuth auth = open()) {
            String id =
                    signIn(auth, wallet, message(auth, wallet))
                            .object("user")
                            .findText("id")
                            .orElseThrow();
            auth.call("PUT", "/admin/users/" + id, auth.serviceKey(), "{\"ban_duration\":\"1h\"}");
            auth.pass(Duration.ofMinutes(1));
            assertError(signIn(auth, wallet, message(auth, wallet)), 400, "user_banned");
        }
    }

    @Test
    void attemptsAreCounted() {
        try (RunningAuth auth = open("auth.web3.sign-ins-per-minute=2")) {
            TestWallet wallet = TestWallet.Ethereum.fresh();
            for (int i = 0; i < 2; i++) {
                assertThat(present(auth, "ethereum", "x", "y").status()).isEqualTo(400);
            }
            assertError(
                    signIn(auth, wallet, message(auth, wallet)), 429, "over_request_rate_limit");
        }
    }

    /// OAuth's form: that is what clients of this grant read.
    private static void assertRefused(Answer answer, String why) {
        assertThat(answer.status() + " " + answer.body().findText("error_description").orElse("-"))
                .isEqualTo("400 " + why);
        assertThat(answer.text("error")).isEqualTo("invalid_grant");
    }

    private static List<TestWallet> wallets() {
        return List.of(TestWallet.Ethereum.fresh(), TestWallet.Solana.fresh());
    }

    private static String message(RunningAuth auth, TestWallet wallet) {
        return message(wallet, auth.now(), "");
    }

    private static String message(TestWallet wallet, Instant issued, String more) {
        boolean solana = wallet.chain().equals("solana");
        return """
        localhost:3000 wants you to sign in with your %s account:
        %s

        I like it here

        URI: http://localhost:3000/
        Version: 1
        Chain ID: %s
        Issued At: %s\
        """
                        .formatted(
                                solana ? "Solana" : "Ethereum",
                                wallet.address(),
                                solana ? "mainnet" : "1",
                                issued)
                + more;
    }

    private static Answer signIn(RunningAuth auth, TestWallet wallet, String message) {
        return present(auth, wallet.chain(), message, wallet.sign(message));
    }

    private static Answer present(
            RunningAuth auth, String chain, String message, String signature) {
        return auth.call(
                "POST",
                "/token?grant_type=web3",
                "",
                Json.write(
                        new JsonObjectBuilder()
                                .put("chain", chain)
                                .put("message", message)
                                .put("signature", signature)
                                .build()));
    }

    private static String accounts(String subject) {
        return String.valueOf(
                database.ask(
                        "select count(*) from auth.identities where provider_id = '"
                                + subject
                                + "'"));
    }

    private static RunningAuth open(String... more) {
        List<String> settings = new ArrayList<>(List.of(more));
        settings.add("auth.web3.ethereum.enabled=true");
        settings.add("auth.web3.solana.enabled=true");
        return new RunningAuth(vertx, database, settings.toArray(String[]::new));
    }
}
