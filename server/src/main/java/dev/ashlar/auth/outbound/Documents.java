package dev.ashlar.auth.outbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ashlar.auth.outbound.FetchFailed.Kind;
import dev.ashlar.auth.outbound.Fetcher.Answer;
import dev.ashlar.auth.outbound.Fetcher.Source;
import dev.ashlar.json.JsonValue.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// JSON objects that other servers publish and seldom change, such as keys (RFC 7517) and
/// descriptions of issuers: kept for ten minutes. Whoever misses something in one may have it
/// fetched anew, as often as once in half a minute.
///
/// One asks at a time, the others wait for the answer. While the server fails it is asked once in
/// five seconds, and what it said before is good for another day.
public final class Documents {
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration FAILURE = Duration.ofSeconds(5);
    private static final Duration STALE = Duration.ofDays(1);
    private static final long MAX_DOCUMENTS = 500;

    private final Cache<Key, Place> kept = Caffeine.newBuilder().maximumSize(MAX_DOCUMENTS).build();
    private final Fetcher fetcher;
    private final InstantSource clock;

    private record Key(String url, Source source) {}

    private record Document(JsonObject content, Instant fetchedAt) {}

    private record Failure(FetchFailed cause, Instant at) {}

    /// Changed by whoever holds the lock.
    private static final class Place {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile @Nullable Document document;
        private @Nullable Failure failure;
    }

    public Documents(Fetcher fetcher, InstantSource clock) {
        this.fetcher = fetcher;
        this.clock = clock;
    }

    public JsonObject find(String url, Source source) throws FetchFailed {
        return find(url, source, _ -> true);
    }

    /// One in which there is what is looked for, if the server has it by now.
    public JsonObject find(String url, Source source, Predicate<JsonObject> wanted)
            throws FetchFailed {
        Key key = new Key(url, source);
        Place place = kept.get(key, _ -> new Place());
        Document known = place.document;
        if (known != null && isGood(known, wanted)) {
            return known.content();
        }
        place.lock.lock();
        try {
            Document document = place.document;
            return document != null && isGood(document, wanted)
                    ? document.content()
                    : fetchedAnew(key, place, document);
        } finally {
            place.lock.unlock();
        }
    }

    private boolean isGood(Document document, Predicate<JsonObject> wanted) {
        Instant now = clock.instant();
        Instant fetched = document.fetchedAt();
        boolean fresh = now.isBefore(fetched.plus(KEPT)) && wanted.test(document.content());
        return fresh || now.isBefore(fetched.plus(PAUSE));
    }

    private JsonObject fetchedAnew(Key key, Place place, @Nullable Document before)
            throws FetchFailed {
        Failure last = place.failure;
        if (last != null && clock.instant().isBefore(last.at().plus(FAILURE))) {
            return stale(before, last.cause());
        }
        try {
            Document fresh = new Document(fetch(key), clock.instant());
            place.document = fresh;
            place.failure = null;
            return fresh.content();
        } catch (FetchFailed e) {
            place.failure = new Failure(e, clock.instant());
            return stale(before, e);
        }
    }

    private JsonObject stale(@Nullable Document before, FetchFailed cause) throws FetchFailed {
        if (before != null && clock.instant().isBefore(before.fetchedAt().plus(STALE))) {
            return before.content();
        }
        throw new FetchFailed(cause.kind(), String.valueOf(cause.getMessage()), cause);
    }

    private JsonObject fetch(Key key) throws FetchFailed {
        Answer answer = fetcher.get(key.url(), key.source(), Map.of("Accept", "application/json"));
        if (!answer.isGood()) {
            throw new FetchFailed(Kind.BAD_ANSWER, "the answer is " + answer.status());
        }
        return answer.object();
    }
}
