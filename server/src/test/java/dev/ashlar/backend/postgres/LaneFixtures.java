package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.config.ByteSize;
import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Claims;
import dev.ashlar.identity.Role;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.Problem;
import dev.ashlar.problem.ProblemException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// Settings, callers and waiting that the tests of the lanes share.
final class LaneFixtures {
    static final Caller ANONYMOUS = new Caller.Anonymous(Role.ANON, Claims.NONE);

    /// How long a statement of an anonymous caller may run.
    static final Duration ANONYMOUS_LIMIT = Duration.ofMillis(2_500);

    private LaneFixtures() {}

    static PostgresConfig config() {
        return config(6, Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    static PostgresConfig config(
            int exclusiveConnections, Duration acquireTimeout, Duration statementTimeout) {
        return config(exclusiveConnections, acquireTimeout, statementTimeout, true);
    }

    /// As behind a pooler in transaction mode.
    static PostgresConfig withoutPreparedStatements() {
        return config(6, Duration.ofSeconds(10), Duration.ofSeconds(5), false);
    }

    private static PostgresConfig config(
            int exclusiveConnections,
            Duration acquireTimeout,
            Duration statementTimeout,
            boolean preparedStatements) {
        return new PostgresConfig(
                Optional.empty(),
                8,
                3,
                exclusiveConnections,
                2,
                acquireTimeout,
                Duration.ofMinutes(10),
                Duration.ofMinutes(30),
                Duration.ofSeconds(5),
                statementTimeout,
                ANONYMOUS_LIMIT,
                new ByteSize(1 << 20),
                List.of("public"),
                preparedStatements,
                32);
    }

    static Caller user(String subject) {
        return bearer(Role.AUTHENTICATED, "{\"sub\":\"" + subject + "\"}");
    }

    static Caller bearer(Role role, String claims) {
        return new Caller.Bearer(role, new Claims(claims, JsonObject.EMPTY));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    static Problem problem(Future<?> future) {
        try {
            Object result = await(future);
            throw new AssertionError("a problem expected, got " + result);
        } catch (ProblemException e) {
            return e.problem();
        }
    }

    static String sqlState(Future<?> future) {
        return problem(future) instanceof DataProblem.Rejected rejected ? rejected.sqlState() : "";
    }

    static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come about in time");
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// Runs the read until a shared connection answers it: column 0 is `pg_backend_pid()`, and
    /// shared sessions are the only ones to be read-only by default with a role of their own.
    static void warm(PostgresLanes lanes, SqlStatement statement, Caller caller) {
        int before = lanes.readConnections();
        eventually(() -> {
            await(lanes.read(statement, caller, ReadMode.ROWS));
            return lanes.readConnections() > before;
        });
        for (int i = 0; i < 5; i++) {
            await(lanes.read(statement, caller, ReadMode.ROWS));
        }
    }
}
