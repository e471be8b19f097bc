package dev.ashlar.backend.postgres;

import dev.ashlar.config.ByteSize;
import dev.ashlar.config.Secret;
import dev.ashlar.config.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Section `database`: which PostgreSQL, and how many connections it may be asked for.
public record PostgresConfig(
        @Setting(
                        doc =
                                "postgres:// address of a PostgreSQL 14-18 of your own; without it the"
                                        + " embedded one runs.")
                Optional<Secret> url,
        @Setting(
                        def = "32",
                        doc =
                                "At most this many shared connections for reads: one per event loop and"
                                        + " role in use.")
                int readConnections,
        @Setting(def = "8", doc = "At most this many shared connections for writes.")
                int writeConnections,
        @Setting(
                        def = "10",
                        doc =
                                "At most this many connections for slow or unknown queries and"
                                        + " transactions of several steps.")
                int exclusiveConnections,
        @Setting(
                        def = "5",
                        doc =
                                "At most this many connections for each of the server's own domains,"
                                        + " such as sign-in.")
                int domainConnections,
        @Setting(
                        def = "10s",
                        doc =
                                "How long a request waits for a free connection before it is refused as"
                                        + " busy.")
                Duration acquireTimeout,
        @Setting(
                        def = "10m",
                        doc =
                                "A connection for slow queries and transactions that nobody used for"
                                        + " this long is closed.")
                Duration idleTimeout,
        @Setting(def = "30m", doc = "One that is older than this is closed when nobody uses it.")
                Duration connectionLifetime,
        @Setting(def = "5s", doc = "How long opening a connection may take.")
                Duration connectTimeout,
        @Setting(def = "30s", doc = "A statement that runs longer is cancelled by the database.")
                Duration statementTimeout,
        @Setting(
                        def = "8s",
                        doc =
                                "The same for callers without a token, who are nobody's in particular; the shorter of the two holds.")
                Duration anonymousStatementTimeout,
        @Setting(
                        def = "16MB",
                        doc =
                                "An answer of the database that is larger is thrown away and"
                                        + " refused, as it would have to be in memory whole.")
                ByteSize maxAnswerSize,
        @Setting(
                        def = "public,extensions",
                        doc =
                                "Schemas in which the database's own functions and policies look up"
                                        + " names without a schema.")
                List<String> searchPath,
        @Setting(
                        def = "true",
                        doc =
                                "Turn off behind a pooler in transaction mode: then nothing is kept in"
                                        + " a session and every request takes an exclusive connection.")
                boolean preparedStatements,
        @Setting(def = "128", doc = "Prepared statements kept per shared connection.")
                int statementCacheSize) {

    public PostgresConfig {
        searchPath = List.copyOf(searchPath);
        atLeastOne("database.read-connections", readConnections);
        atLeastOne("database.write-connections", writeConnections);
        atLeastOne("database.exclusive-connections", exclusiveConnections);
        atLeastOne("database.domain-connections", domainConnections);
        atLeastOne("database.statement-cache-size", statementCacheSize);
        if (maxAnswerSize.bytes() < 1_024) {
            throw new IllegalArgumentException("database.max-answer-size must be at least 1KB");
        }
        positive("database.acquire-timeout", acquireTimeout);
        positive("database.idle-timeout", idleTimeout);
        positive("database.connection-lifetime", connectionLifetime);
        positive("database.connect-timeout", connectTimeout);
        positive("database.statement-timeout", statementTimeout);
        positive("database.anonymous-statement-timeout", anonymousStatementTimeout);
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be at least 1");
        }
    }

    private static void positive(String key, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(key + " must be longer than a millisecond");
        }
    }
}
