package dev.ashlar.face.authapi;

import static dev.ashlar.face.authapi.AuthIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.auth.audit.AuditLog;
import dev.ashlar.auth.audit.AuditLog.Finding;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.Race;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The audit log as a chain: whole under concurrent deeds, broken by every change afterwards.
class AuditChainIT {
    private static Vertx vertx;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close();
    }

    /// Two nodes, each with its sealer, and people on both.
    @Test
    void concurrentDeedsMakeOneChain() throws InterruptedException {
        DatabaseForTests database = PostgresForTests.fresh();
        try (RunningAuth one = new RunningAuth(vertx, database);
                RunningAuth two = new RunningAuth(vertx, database)) {
            List<Thread> threads = new ArrayList<>();
            for (int person = 0; person < 8; person++) {
                RunningAuth node = person % 2 == 0 ? one : two;
                String email = "chain" + person + "@example.com";
                threads.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    String token = node.signUp(email).text("refresh_token");
                                    for (int i = 0; i < 20; i++) {
                                        token = node.refresh(token).text("refresh_token");
                                        node.domain().auditLog().seal();
                                    }
                                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            Finding.Whole whole = sealed(one);
            assertThat(whole.rows()).isEqualTo(8 * 21);
            assertThat(whole.unsealed()).isZero();
            assertThat(
                            database.ask(
                                    "select count(distinct previous_hash) from"
                                            + " auth.audit_log_entries"))
                    .isEqualTo(Long.toString(whole.rows()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    update auth.audit_log_entries set payload = '{}' where chain_position = 3 | 3
                    update auth.audit_log_entries set created_at = created_at - interval '1 microsecond' where chain_position = 2 | 2
                    update auth.audit_log_entries set ip_address = '10.0.0.1' where chain_position = 4 | 4
                    update auth.audit_log_entries set id = gen_random_uuid() where chain_position = 4 | 4
                    delete from auth.audit_log_entries where chain_position = 1 | 1
                    delete from auth.audit_log_entries where chain_position = 3 | 3
                    delete from auth.audit_log_entries where chain_position = 5 | 5
                    delete from auth.audit_log_entries | 1
                    update auth.audit_log_entries set previous_hash = hash where chain_position = 2 | 2
                    update auth.audit_log_entries set hash = null, chain_position = null where chain_position = 2 | 2
                    update auth.audit_log_entries set chain_position = -chain_position where chain_position in (2, 3) | 2
                    update auth.audit_anchors set chain_position = 4, hash = (select encode(hash, 'hex') from auth.audit_log_entries where chain_position = 4) | 4
                    update auth.audit_anchors set chain_position = 9 where kind = 'head' | 9
                    delete from auth.audit_anchors | 1
                    insert into auth.audit_anchors values ('pruned', 2, repeat('0', 64), 'x', now()) | 2
                    """)
    void everyChangeIsFound(String change, long position) {
        DatabaseForTests database = PostgresForTests.fresh();
        try (RunningAuth auth = new RunningAuth(vertx, database)) {
            String token = auth.signUp("change@example.com").text("refresh_token");
            for (int i = 0; i < 4; i++) {
                token = auth.refresh(token).text("refresh_token");
            }
            assertThat(sealed(auth).rows()).isEqualTo(5);
            database.executeAs("supabase_auth_admin", change);
            assertThat(auth.domain().auditLog().verify())
                    .isInstanceOfSatisfying(
                            Finding.Broken.class,
                            broken -> assertThat(broken.position()).isEqualTo(position));
        }
    }

    @Test
    void aPrunedChainIsStillWhole() {
        DatabaseForTests database = PostgresForTests.fresh();
        try (RunningAuth auth = new RunningAuth(vertx, database, "auth.audit-retention=30d")) {
            String token = auth.signUp("old@example.com").text("refresh_token");
            auth.refresh(token);
            sealed(auth);
            auth.pass(Duration.ofDays(31));
            auth.signIn("old@example.com", "correct horse");
            sealed(auth);
            auth.domain().upkeep().sweep();
            Finding.Whole whole = sealed(auth);
            assertThat(whole.rows()).isEqualTo(1);
            assertThat(whole.position()).isEqualTo(3);
            auth.signIn("old@example.com", "correct horse");
            assertThat(sealed(auth).position()).isEqualTo(4);
            database.executeAs(
                    "supabase_auth_admin",
                    "delete from auth.audit_log_entries where chain_position = 3");
            assertThat(auth.domain().auditLog().verify()).isInstanceOf(Finding.Broken.class);
        }
    }

    /// A hash is no secret, so that anybody who writes to the table can hang a row on the last one.
    @Test
    void aRowBehindTheLastOneIsFound() {
        DatabaseForTests database = PostgresForTests.fresh();
        try (RunningAuth auth = new RunningAuth(vertx, database)) {
            String token = auth.signUp("longer@example.com").text("refresh_token");
            for (int i = 0; i < 3; i++) {
                token = auth.refresh(token).text("refresh_token");
            }
            sealed(auth);
            String head =
                    database.ask(
                            "select format('chain_position = %s, hash = %L, seal = %L',"
                                    + " chain_position, hash, seal) from auth.audit_anchors");
            auth.refresh(token);
            sealed(auth);
            database.executeAs("supabase_auth_admin", "update auth.audit_anchors set " + head);
            assertThat(auth.domain().auditLog().verify())
                    .isEqualTo(new Finding.Broken(5, "the mark of the last row is before it"));
        }
    }

    /// Every verdict while rows come, are sealed and go is that the chain is whole.
    @Test
    void pruningMeanwhileBreaksNothing() throws InterruptedException {
        DatabaseForTests database = PostgresForTests.fresh();
        try (RunningAuth auth = new RunningAuth(vertx, database)) {
            AuditLog log = auth.domain().auditLog();
            AtomicBoolean over = new AtomicBoolean();
            Thread housekeeping =
                    Thread.ofVirtual()
                            .start(() -> {
                                while (!over.get()) {
                                    deeds(database);
                                    log.seal();
                                    log.prune(Instant.now().minusMillis(20));
                                }
                            });
            List<List<Finding>> verdicts =
                    Race.of(2, () -> Stream.generate(log::verify).limit(40).toList());
            over.set(true);
            housekeeping.join();
            assertThat(verdicts.stream().flatMap(List::stream))
                    .hasSize(80)
                    .allMatch(Finding.Whole.class::isInstance);
            assertThat(
                            database.ask(
                                    "select chain_position > 1000 from auth.audit_anchors where"
                                            + " kind = 'pruned'"))
                    .as("rows went meanwhile")
                    .isEqualTo("t");
        }
    }

    private static void deeds(DatabaseForTests database) {
        database.executeAs(
                "supabase_auth_admin",
                """
                insert into auth.audit_log_entries (instance_id, id, payload, created_at, ip_address)
                select null, gen_random_uuid(), '{}', clock_timestamp(), ''
                from generate_series(1, 1200)
                """);
    }

    @Test
    void adminsReadTheLog() {
        DatabaseForTests database = PostgresForTests.fresh();
        try (RunningAuth auth = new RunningAuth(vertx, database)) {
            String token = auth.signUp("reader@example.com").text("access_token");
            auth.signIn("reader@example.com", "correct horse");
            Answer all = auth.call("GET", "/admin/audit", auth.serviceKey(), "");
            assertThat(all.headers()).containsEntry("X-Total-Count", "2");
            assertThat(actions(all)).containsExactly("login", "user_signedup");
            assertThat(
                            actions(
                                    auth.call(
                                            "GET",
                                            "/admin/audit?page=1&per_page=1&query=action:SIGNED",
                                            auth.serviceKey(),
                                            "")))
                    .containsExactly("user_signedup");
            assertError(auth.call("GET", "/admin/audit", token, ""), 403, "not_admin");
            assertError(
                    auth.call("GET", "/admin/audit?page=x", auth.serviceKey(), ""),
                    400,
                    "validation_failed");
        }
    }

    private static List<String> actions(Answer answer) {
        return ((JsonArray) answer.body().find("items").orElseThrow())
                .elements().stream()
                        .map(row ->
                                ((JsonObject) row)
                                        .findObject("payload")
                                        .flatMap(payload -> payload.findText("action"))
                                        .orElseThrow())
                        .toList();
    }

    /// When everything is in the chain, which another sealer may be about to do.
    private static Finding.Whole sealed(RunningAuth auth) {
        AuditLog log = auth.domain().auditLog();
        for (int i = 0; i < 100; i++) {
            log.seal();
            if (log.verify() instanceof Finding.Whole whole && whole.unsealed() == 0) {
                return whole;
            }
        }
        throw new AssertionError("never whole: " + log.verify());
    }
}
