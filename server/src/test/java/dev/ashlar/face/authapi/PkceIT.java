package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.auth.link.CodeChallenge;
import dev.ashlar.auth.link.CodeChallenge.Method;
import dev.ashlar.auth.link.FlowState;
import dev.ashlar.auth.link.FlowStateStore;
import dev.ashlar.auth.link.Flows;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.Race;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The end of PKCE flows: a code and a verifier become a session.
class PkceIT {
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final CodeChallenge CHALLENGE =
            new CodeChallenge(Method.S256, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");

    private static Vertx vertx;
    private static RunningAuth auth;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        DatabaseForTests database = PostgresForTests.fresh();
        auth = new RunningAuth(vertx, database);
    }

    @AfterAll
    static void stop() {
        auth.close();
        vertx.close();
    }

    private static String code() {
        UUID account =
                UUID.fromString(
                        auth.signUp(UUID.randomUUID() + "@x.example")
                                .object("user")
                                .findText("id")
                                .orElseThrow());
        Flows flows = new Flows(new FlowStateStore(), auth.domain().config());
        return auth.database()
                .transaction(tx -> {
                    var now = auth.now().truncatedTo(ChronoUnit.MICROS);
                    FlowState flow =
                            flows.begin(
                                    tx, Optional.of(account), CHALLENGE, "email", "magiclink", now);
                    return flows.issueCode(tx, flow.id(), account, now).orElseThrow();
                });
    }

    private static Answer exchange(String code, String verifier) {
        return auth.call(
                "POST",
                "/token?grant_type=pkce",
                "",
                "{\"auth_code\":\"" + code + "\",\"code_verifier\":\"" + verifier + "\"}");
    }

    @Test
    void aCodeIsGoodForOneSession() {
        String code = code();
        Answer answer = exchange(code, VERIFIER);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("access_token")).isNotEmpty();
        Answer again = exchange(code, VERIFIER);
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.text("code")).isEqualTo("flow_state_not_found");
    }

    @Test
    void oneOfManyGetsTheSession() {
        String code = code();
        List<Integer> statuses = Race.of(16, () -> exchange(code, VERIFIER).status());
        assertThat(statuses).hasSize(16).containsOnlyOnce(200).containsOnly(200, 404);
    }

    @Test
    void theWrongVerifierUsesTheCodeUp() {
        String code = code();
        Answer wrong = exchange(code, VERIFIER.replace('d', 'e'));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text("code")).isEqualTo("bad_code_verifier");
        assertThat(exchange(code, VERIFIER).text("code")).isEqualTo("flow_state_not_found");
    }

    @Test
    void codesExpire() {
        String code = code();
        auth.pass(Duration.ofMinutes(6));
        Answer late = exchange(code, VERIFIER);
        assertThat(late.status()).isEqualTo(403);
        assertThat(late.text("code")).isEqualTo("flow_state_expired");
    }

    @Test
    void incompleteOrInventedCodesAreRefused() {
        assertThat(exchange("", VERIFIER).text("code")).isEqualTo("validation_failed");
        assertThat(exchange("x", "").text("code")).isEqualTo("validation_failed");
        assertThat(exchange("invented", VERIFIER).text("code")).isEqualTo("flow_state_not_found");
    }

    @Test
    void onlyAHashOfTheCodeIsStored() {
        String code = code();
        List<String> stored =
                auth.database()
                        .transaction(tx ->
                                tx
                                        .query(SqlText.of("select auth_code from auth.flow_state"))
                                        .stream()
                                        .flatMap(row -> row.findText("auth_code").stream())
                                        .toList());
        assertThat(stored).isNotEmpty().noneMatch(text -> text.contains(code));
    }
}
