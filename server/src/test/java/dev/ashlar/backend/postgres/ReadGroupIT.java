package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.identity.Caller;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reads that go to the database in one transaction: each is answered for its own caller, and one
/// that is refused takes nobody with it.
class ReadGroupIT {
    private static final int READS = 100;
    private static final int REFUSED = 7;

    private Vertx vertx;
    private Context loop;
    private PostgresLanes lanes;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        loop = vertx.getOrCreateContext();
        lanes =
                PostgresLanes.open(
                        vertx, PostgresForTests.fresh().authenticator(), LaneFixtures.config());
        LaneFixtures.eventually(() -> !lanes.traits().changesSession());
    }

    @AfterEach
    void close() {
        LaneFixtures.await(lanes.close());
        LaneFixtures.await(vertx.close());
    }

    @Test
    void eachReadsUnderItsOwnClaims() {
        LaneFixtures.eventually(() -> grouped(round(i -> LaneFixtures.user("u" + i))));
        for (int round = 0; round < 20; round++) {
            assertAnswers(round(i -> LaneFixtures.user("u" + i)), "u");
        }
    }

    @Test
    void anonymousReadsAreGroupedToo() {
        LaneFixtures.eventually(() -> grouped(round(_ -> LaneFixtures.ANONYMOUS)));
        for (int round = 0; round < 20; round++) {
            assertAnswers(round(_ -> LaneFixtures.ANONYMOUS), null);
        }
    }

    private static void assertAnswers(List<Future<LaneResult>> answers, @Nullable String prefix) {
        for (int i = 0; i < READS; i++) {
            Future<LaneResult> answer = answers.get(i);
            if (i % REFUSED == 0) {
                assertThat(LaneFixtures.sqlState(answer)).isEqualTo("22012");
            } else {
                assertThat(answer.succeeded()).isTrue();
                LaneRow row = answer.result().row();
                assertThat(row.number(1)).isEqualTo(i);
                if (prefix != null) {
                    assertThat(row.text(0)).contains("\"" + prefix + i + "\"");
                }
            }
        }
    }

    /// `now()` is when the transaction began. Those behind a refused one go on alone.
    private static boolean grouped(List<Future<LaneResult>> answers) {
        List<String> began =
                answers.stream()
                        .filter(Future::succeeded)
                        .map(answer -> String.valueOf(answer.result().row().text(2)))
                        .toList();
        Set<String> transactions = new HashSet<>(began);
        return transactions.size() < began.size();
    }

    private interface Callers {
        Caller of(int number);
    }

    /// Many reads in one turn of the event loop, every seventh of which divides by zero.
    private List<Future<LaneResult>> round(Callers callers) {
        Supplier<List<Future<LaneResult>>> send =
                () -> {
                    List<Future<LaneResult>> answers = new ArrayList<>(READS);
                    for (int i = 0; i < READS; i++) {
                        answers.add(lanes.read(statement(i), callers.of(i), ReadMode.ROWS));
                    }
                    return answers;
                };
        Promise<List<Future<LaneResult>>> sent = Promise.promise();
        loop.runOnContext(_ -> sent.complete(send.get()));
        List<Future<LaneResult>> answers = LaneFixtures.await(sent.future());
        LaneFixtures.await(Future.join(answers).otherwiseEmpty());
        return answers;
    }

    private static SqlStatement statement(int number) {
        return SqlText.of(
                "select current_setting('request.jwt.claims', true), $1::text::int, now()::text,"
                        + " 1 / $2::text::int",
                Integer.toString(number),
                number % REFUSED == 0 ? "0" : "1");
    }
}
