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
import java.util.function.Predicate;

/// JSON objects that other servers publish and seldom change, such as keys (RFC 7517) and
/// descriptions of issuers: kept for ten minutes. Whoever misses something in one may have it
/// fetched anew, as often as once in half a minute.
public final class Documents {
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final long MAX_DOCUMENTS = 500;

    private final Cache<Key, Document> kept =
            Caffeine.newBuilder().maximumSize(MAX_DOCUMENTS).build();
    private final Fetcher fetcher;
    private final InstantSource clock;

    private record Key(String url, Source source) {}

    private record Document(JsonObject content, Instant fetchedAt) {}

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
        Document document = kept.getIfPresent(key);
        Instant now = clock.instant();
        if (document != null) {
            Instant fetched = document.fetchedAt();
            boolean fresh = now.isBefore(fetched.plus(KEPT)) && wanted.test(document.content());
            if (fresh || now.isBefore(fetched.plus(PAUSE))) {
                return document.content();
            }
        }
        Answer answer = fetcher.get(url, source, Map.of("Accept", "application/json"));
        if (!answer.isGood()) {
            throw new FetchFailed(Kind.BAD_ANSWER, "the answer is " + answer.status());
        }
        Document fresh = new Document(answer.object(), now);
        kept.put(key, fresh);
        return fresh.content();
    }
}
