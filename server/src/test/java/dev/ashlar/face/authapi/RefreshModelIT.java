package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.session.RefreshTokenSecret;
import dev.ashlar.auth.session.RefreshTokens;
import dev.ashlar.auth.session.RefreshTokens.Rotation;
import dev.ashlar.auth.session.Session;
import dev.ashlar.auth.session.SessionStore;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.testing.DatabaseForTests;
import dev.ashlar.testing.PostgresForTests;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// All interleavings of eight steps of two tabs, lost replies, a thief's replays and time, over two
/// nodes whose clocks are 30 s apart, through the rotation as it is on a real database; each answer
/// is compared with that of a model of a few lines.
///
/// A tree is walked, a savepoint at each step. Where two paths lead to the same rows in the
/// database, the same time and the same tokens in both tabs, what follows is the same too and is
/// walked once: 5^8 = 390,625 interleavings are all told, by some tens of thousands of steps on the
/// database.
class RefreshModelIT {
    private static final int DEPTH = Integer.getInteger("refresh.model.depth", 8);
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Duration SKEW = Duration.ofSeconds(30);

    private static Vertx vertx;
    private static DatabaseForTests database;

    /// What may happen next. A tab holds the token of its last reply; the second one has its
    /// requests answered by the node whose clock is ahead.
    enum Step {
        TAB_REFRESHES,
        OTHER_TAB_REFRESHES,
        /// The request arrives, the reply does not.
        REPLY_IS_LOST,
        /// Somebody sends the first token of all.
        FIRST_TOKEN_IS_REPLAYED,
        TIME_PASSES
    }

    /// Tokens are numbers in the order in which they were given out. The reference: one token is
    /// alive; the one that was replaced within the window leads to the live one; anything else that
    /// was replaced ends the session.
    private record Model(List<Instant> replacedAt, boolean ended) {
        static Model start() {
            return new Model(List.of(), false);
        }

        int live() {
            return replacedAt.size();
        }

        /// The token after the answer, or -1 for a refusal.
        record Answer(int token, Model next) {}

        Answer refresh(int token, Instant now) {
            if (token == live() && !ended) {
                List<Instant> replaced = new ArrayList<>(replacedAt);
                replaced.add(now);
                return new Answer(token + 1, new Model(replaced, false));
            }
            boolean recent = token < live() && now.isBefore(replacedAt.get(token).plus(WINDOW));
            return recent && !ended
                    ? new Answer(live(), this)
                    : new Answer(-1, new Model(replacedAt, true));
        }
    }

    /// The numbers of the tokens that the two tabs hold.
    private record World(int tab, int other, Instant now, Model model) {}

    private final SessionStore store = new SessionStore();
    private final List<String> tokens = new ArrayList<>();
    private final RefreshTokenSecret secret = new RefreshTokenSecret(RunningAuth.SECRET);
    private final Map<String, Integer> walked = new HashMap<>();
    private long steps;
    private long interleavings;
    private long refusals;

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
    void everyInterleavingAnswersAsTheModelDoes() {
        try (RunningAuth auth =
                new RunningAuth(
                        vertx, database, "auth.refresh-reuse-window=" + WINDOW.toSeconds() + "s")) {
            AuthConfig config = auth.domain().config();
            RefreshTokens rotation = new RefreshTokens(store, secret, config);
            String account =
                    auth.signUp("model@example.com").object("user").findText("id").orElseThrow();
            auth.database()
                    .transaction(tx -> {
                        Instant now = auth.now();
                        UUID id = UUID.fromString(account);
                        assertThat(new AccountStore().find(tx, id)).isPresent();
                        Session session = begin(tx, id, now);
                        tokens.add(rotation.start(tx, session, now));
                        walk(tx, rotation, new World(0, 0, now, Model.start()), new ArrayList<>());
                        return session;
                    });
        }
        System.out.println(
                "%d interleavings of %d steps, %d of them on the database"
                        .formatted(interleavings, DEPTH, steps));
        assertThat(interleavings).isEqualTo(Math.round(Math.pow(Step.values().length, DEPTH)));
        // Both kinds of answer are common: the walk is no walk in a corner.
        assertThat(refusals).isGreaterThan(steps / 100).isLessThan(steps);
    }

    private Session begin(SqlTransaction tx, UUID account, Instant now) {
        Session session =
                new Session(UUID.randomUUID(), account, now, null, null, "aal1", List.of());
        store.insert(tx, session, new Visitor("", "model"));
        return session;
    }

    private void walk(SqlTransaction tx, RefreshTokens rotation, World world, List<Step> path) {
        int left = DEPTH - path.size();
        if (left == 0 || walked.getOrDefault(state(tx, world), 0) >= left) {
            interleavings += Math.round(Math.pow(Step.values().length, left));
            return;
        }
        walked.put(state(tx, world), left);
        for (Step step : Step.values()) {
            path.add(step);
            steps++;
            tx.execute(SqlText.of("savepoint step"));
            walk(tx, rotation, play(tx, rotation, world, step, path), path);
            tx.execute(SqlText.of("rollback to savepoint step"));
            tx.execute(SqlText.of("release savepoint step"));
            path.removeLast();
        }
    }

    /// All that the rotation reads, and all that the steps depend on.
    private static String state(SqlTransaction tx, World world) {
        String rows =
                tx.find(
                                SqlText.of(
                                        """
                                        select (select string_agg(concat_ws(' ', token, revoked,
                                            updated_at), ',' order by token)
                                          from auth.refresh_tokens where session_id = s.id)
                                          || coalesce(s.not_after::text, '') as rows
                                        from auth.sessions s where user_agent = 'model'
                                        """))
                        .flatMap(row -> row.findText("rows"))
                        .orElse("");
        return world + " " + rows;
    }

    private World play(
            SqlTransaction tx, RefreshTokens rotation, World world, Step step, List<Step> path) {
        Instant ahead = world.now().plus(SKEW);
        return switch (step) {
            case TAB_REFRESHES -> {
                Model.Answer answer = refresh(tx, rotation, world, world.tab(), world.now(), path);
                yield new World(
                        kept(world.tab(), answer), world.other(), world.now(), answer.next());
            }
            case OTHER_TAB_REFRESHES -> {
                Model.Answer answer = refresh(tx, rotation, world, world.other(), ahead, path);
                yield new World(
                        world.tab(), kept(world.other(), answer), world.now(), answer.next());
            }
            case REPLY_IS_LOST -> {
                Model.Answer answer = refresh(tx, rotation, world, world.tab(), world.now(), path);
                yield new World(world.tab(), world.other(), world.now(), answer.next());
            }
            case FIRST_TOKEN_IS_REPLAYED -> {
                Model.Answer answer = refresh(tx, rotation, world, 0, ahead, path);
                yield new World(world.tab(), world.other(), world.now(), answer.next());
            }
            case TIME_PASSES ->
                    new World(
                            world.tab(),
                            world.other(),
                            world.now().plus(SKEW).plusSeconds(15),
                            world.model());
        };
    }

    private static int kept(int held, Model.Answer answer) {
        return answer.token() < 0 ? held : answer.token();
    }

    private Model.Answer refresh(
            SqlTransaction tx,
            RefreshTokens rotation,
            World world,
            int token,
            Instant now,
            List<Step> path) {
        Model.Answer expected = world.model().refresh(token, now);
        Rotation actual = rotation.rotate(tx, tokens.get(token), now);
        int given =
                switch (actual) {
                    case Rotation.Rotated(_, String next) -> number(token, next);
                    case Rotation.Replayed _, Rotation.Refused _ -> -1;
                };
        if (given < 0) {
            refusals++;
        }
        assertThat(given).as(() -> path.toString()).isEqualTo(expected.token());
        return expected;
    }

    /// Each token follows from the one before it, so that its number is the same on all paths.
    private int number(int from, String token) {
        while (tokens.size() <= from + DEPTH + 1) {
            tokens.add(secret.successor(tokens.getLast()));
        }
        return tokens.indexOf(token);
    }
}
