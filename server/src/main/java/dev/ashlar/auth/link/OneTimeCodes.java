package dev.ashlar.auth.link;

import dev.ashlar.auth.link.OneTimeCodeStore.Stored;
import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.backend.sql.SqlTransaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// One-time codes and links: made together, either is good once, and of both only hashes are kept.
///
/// A link has 256 bits and is found by its hash. A code has a few digits: it is looked for among
/// those of one account only, dies after [#MAX_MISSES] wrong ones, and an account that saw
/// [#MAX_FAILURES] within an hour has no codes for the rest of it, however many are sent. That is
/// 480 guesses a day at a million: links and passwords go on working, so nobody is locked out.
public final class OneTimeCodes {
    static final int MAX_MISSES = 5;
    static final long MAX_FAILURES = 20;
    private static final Duration FAILURE_WINDOW = Duration.ofHours(1);

    /// Clients tell by this that a link ends in a code to be exchanged.
    private static final String PKCE = "pkce_";

    private final OneTimeCodeStore store = new OneTimeCodeStore();
    private final SecretBox box;

    public OneTimeCodes(SecretBox box) {
        this.box = box;
    }

    /// What a code is like.
    public record Form(int digits, Duration lifetime) {}

    /// As it is sent; not kept.
    public record Issued(String token, String code) {
        @Override
        public String toString() {
            return "Issued[]";
        }
    }

    /// What a code or link was for. `address` is where it had been sent.
    public record Taken(UUID account, CodeKind kind, String address, Optional<UUID> flow) {}

    /// Replaces an earlier one of the same kind. `flow` is the PKCE flow that the link ends in.
    public Issued issue(
            SqlTransaction tx,
            UUID account,
            CodeKind kind,
            String address,
            Form form,
            Optional<UUID> flow,
            Instant now) {
        return issue(
                tx, account, kind, address, OneTimeSecret.digits(form.digits()), form, flow, now);
    }

    /// With a code that is known before, as test numbers have.
    public Issued issue(
            SqlTransaction tx,
            UUID account,
            CodeKind kind,
            String address,
            String code,
            Form form,
            Optional<UUID> flow,
            Instant now) {
        String token = (flow.isPresent() ? PKCE : "") + OneTimeSecret.next();
        Stored stored =
                new Stored(
                        UUID.randomUUID(), account, kind, address, hash(account, kind, code), flow);
        store.replace(tx, stored, OneTimeSecret.hash(token), now.plus(form.lifetime()), now);
        return new Issued(token, code);
    }

    /// Whether the link ends in a code of a PKCE flow.
    public static boolean endsInCode(String token) {
        return token.startsWith(PKCE);
    }

    public Optional<Taken> takeToken(
            SqlTransaction tx, Set<CodeKind> kinds, String token, Instant now) {
        return store.take(tx, kinds, OneTimeSecret.hash(token), now).map(OneTimeCodes::taken);
    }

    /// Whose the link is, for the lock of the account, which comes before those of its codes.
    public Optional<UUID> findAccount(SqlTransaction tx, String token) {
        return store.findAccount(tx, OneTimeSecret.hash(token));
    }

    /// To be committed also when it is empty, since misses are counted. The caller holds the lock
    /// of the account.
    public Optional<Taken> takeCode(
            SqlTransaction tx, UUID account, Set<CodeKind> kinds, String code, Instant now) {
        Instant since = now.minus(FAILURE_WINDOW);
        if (store.failures(tx, account, since) >= MAX_FAILURES) {
            return Optional.empty();
        }
        var candidates = store.ofAccount(tx, account, kinds, now);
        for (Stored stored : candidates) {
            if (fits(stored, code) && store.delete(tx, stored.id())) {
                return Optional.of(taken(stored));
            }
        }
        if (candidates.isEmpty()) {
            // Nothing could be guessed, and whoever tries must not spoil what is sent later.
            return Optional.empty();
        }
        candidates.forEach(stored -> store.recordMiss(tx, stored.id(), MAX_MISSES));
        store.recordFailure(tx, account, since, now);
        return Optional.empty();
    }

    /// Whether the account still has one of the kind that waits.
    public boolean waits(SqlTransaction tx, UUID account, CodeKind kind, Instant now) {
        return !store.ofAccount(tx, account, Set.of(kind), now).isEmpty();
    }

    /// Those that were sent to addresses which the account has left.
    public void forget(SqlTransaction tx, UUID account) {
        store.deleteOfAccount(tx, account);
    }

    public long deleteExpired(SqlTransaction tx, Instant now) {
        return store.deleteExpired(tx, now);
    }

    private boolean fits(Stored stored, String code) {
        return stored.codeHash() != null
                && MessageDigest.isEqual(
                        stored.codeHash().getBytes(StandardCharsets.UTF_8),
                        hash(stored.account(), stored.kind(), code)
                                .getBytes(StandardCharsets.UTF_8));
    }

    private String hash(UUID account, CodeKind kind, String code) {
        return box.fingerprint(code, "auth.one_time_tokens " + account + " " + kind.word());
    }

    private static Taken taken(Stored stored) {
        return new Taken(stored.account(), stored.kind(), stored.address(), stored.flow());
    }
}
