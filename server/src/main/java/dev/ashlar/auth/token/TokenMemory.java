package dev.ashlar.auth.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.ashlar.config.ByteSize;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// How many verified tokens are remembered, and what that was good for so far. The figures outlive
/// what is remembered, which belongs to the keys of one moment.
public final class TokenMemory {
    /// What one entry costs beside its characters, in bytes: measured as about 2 KB with the parsed
    /// claims of a signed-in user.
    private static final int ENTRY_BYTES = 2_048;

    private final Bound bound;
    private final Figures figures;

    private sealed interface Bound {
        record Bytes(long most) implements Bound {}

        record Entries(long most) implements Bound {}
    }

    /// Look-ups, those that found something, and entries that had to make room.
    public static final class Figures {
        private final LongAdder lookups = new LongAdder();
        private final LongAdder hits = new LongAdder();
        private final LongAdder evictions = new LongAdder();

        public long lookups() {
            return lookups.sum();
        }

        public long hits() {
            return hits.sum();
        }

        public long evictions() {
            return evictions.sum();
        }
    }

    private TokenMemory(Bound bound, Figures figures) {
        this.bound = bound;
        this.figures = figures;
    }

    public static TokenMemory ofSize(ByteSize size) {
        return new TokenMemory(new Bound.Bytes(size.bytes()), new Figures());
    }

    /// 0 remembers nothing, and counts nothing. Goes on with figures that an earlier one began.
    public static TokenMemory ofEntries(long most, Figures figures) {
        return new TokenMemory(new Bound.Entries(most), figures);
    }

    /// With nothing in it.
    Remembered empty() {
        Caffeine<String, VerifiedToken> tokens =
                Caffeine.newBuilder()
                        .evictionListener(
                                (@Nullable String _, @Nullable VerifiedToken _, RemovalCause _) ->
                                        figures.evictions.increment());
        return switch (bound) {
            case Bound.Bytes(long most) ->
                    new Remembered(
                            tokens.maximumWeight(most)
                                    .weigher((String token, VerifiedToken _) ->
                                            ENTRY_BYTES + 4 * token.length())
                                    .build());
            case Bound.Entries(long most) ->
                    new Remembered(most == 0 ? null : tokens.maximumSize(most).build());
        };
    }

    /// Tokens by their whole text.
    final class Remembered {
        private final @Nullable Cache<String, VerifiedToken> tokens;

        private Remembered(@Nullable Cache<String, VerifiedToken> tokens) {
            this.tokens = tokens;
        }

        @Nullable VerifiedToken find(String token) {
            if (tokens == null) {
                return null;
            }
            figures.lookups.increment();
            VerifiedToken found = tokens.getIfPresent(token);
            if (found != null) {
                figures.hits.increment();
            }
            return found;
        }

        void put(String token, VerifiedToken verified) {
            if (tokens != null) {
                tokens.put(token, verified);
            }
        }

        long size() {
            if (tokens == null) {
                return 0;
            }
            tokens.cleanUp();
            return tokens.estimatedSize();
        }
    }
}
