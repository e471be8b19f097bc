package dev.ashlar.auth.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AccountStore;
import dev.ashlar.auth.account.AccountStore.Credential;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.session.SessionStore.StoredToken;
import dev.ashlar.auth.token.OneTimeSecret;
import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.problem.AuthProblem.SessionNotFound;
import dev.ashlar.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/// Sessions that a browser holds by a cookie: a secret that its pages cannot read and that says
/// nothing by itself. Access tokens for it are made here and never leave the server.
///
/// Each node remembers the token of a cookie for [#CHECK_EVERY], so that requests cost no look into
/// the database; whatever ended meanwhile is known by [Revocations].
public final class SessionCookies {
    /// How long a node goes without asking the database about a cookie.
    static final Duration CHECK_EVERY = Duration.ofSeconds(30);

    /// A session is marked as active at most so often.
    private static final Duration MARK_EVERY = Duration.ofMinutes(1);

    /// About 2 KB each.
    private static final long MAX_REMEMBERED = 20_000;

    private static final int LOCKS = 64;

    private final SqlDatabase database;
    private final AccountStore accounts;
    private final SessionStore store;
    private final Sessions sessions;
    private final Revocations revocations;
    private final SecretBox box;
    private final AuthContext context;
    private final SessionCookieStore cookies = new SessionCookieStore();
    private final Cache<String, Remembered> remembered =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

    /// Requests of one browser come in swarms: one of them asks the database, the others wait.
    private final ReentrantLock[] asking =
            IntStream.range(0, LOCKS)
                    .mapToObj(_ -> new ReentrantLock())
                    .toArray(ReentrantLock[]::new);

    public SessionCookies(
            SqlDatabase database,
            AccountStore accounts,
            SessionStore store,
            Sessions sessions,
            Revocations revocations,
            SecretBox box,
            AuthContext context) {
        this.database = database;
        this.accounts = accounts;
        this.store = store;
        this.sessions = sessions;
        this.revocations = revocations;
        this.box = box;
        this.context = context;
    }

    /// Until when a token is used that was made at `madeAt` for an account and level as they were.
    private record Remembered(
            String token,
            Instant madeAt,
            Session session,
            Instant accountChangedAt,
            Instant checkedAt) {

        boolean stillSays(Session now, Account account) {
            return session.level().equals(now.level())
                    && accountChangedAt.equals(account.moments().updatedAt());
        }

        @Override
        public String toString() {
            return "Remembered[" + session.id() + "]";
        }
    }

    /// Puts a cookie in the place of the tokens of a session that was just issued, which nobody has
    /// seen yet, and answers its value. It is always a new one: what the browser held before is
    /// never taken over, and a session that it was signed in with ends.
    ///
    /// Should this fail after the sign-in, a session is left that nobody can use.
    public String hold(IssuedSession issued, Optional<String> before, Visitor visitor) {
        String cookie = OneTimeSecret.next();
        Optional<String> old = before.map(OneTimeSecret::hash);
        database.transaction(tx -> {
            Session session =
                    store.findToken(tx, RefreshTokenSecret.hash(issued.refreshToken()))
                            .map(StoredToken::sessionId)
                            .flatMap(id -> store.lock(tx, id))
                            .orElseThrow(() -> new ProblemException(new SessionNotFound()));
            old.flatMap(hash -> cookies.findSession(tx, hash))
                    .filter(other -> !other.equals(session.id()))
                    .ifPresent(other -> end(tx, other, visitor));
            store.deleteTokens(tx, session.id());
            cookies.put(tx, session.id(), OneTimeSecret.hash(cookie), old, context.now());
            return session;
        });
        old.ifPresent(remembered::invalidate);
        return cookie;
    }

    /// The access token of whoever holds the cookie, if it is remembered. Never blocks.
    public Optional<String> findRemembered(String cookie) {
        return fresh(OneTimeSecret.hash(cookie)).map(Remembered::token);
    }

    /// The access token of whoever holds the cookie; empty when the session has ended, or its
    /// account may not act. Blocks.
    public Optional<String> find(String cookie) {
        String hash = OneTimeSecret.hash(cookie);
        ReentrantLock lock = asking[Math.floorMod(hash.hashCode(), LOCKS)];
        lock.lock();
        try {
            Optional<Remembered> known = fresh(hash);
            if (known.isPresent()) {
                return known.map(Remembered::token);
            }
            Optional<Remembered> before = Optional.ofNullable(remembered.getIfPresent(hash));
            Instant now = context.now();
            Optional<Remembered> found = database.transaction(tx -> load(tx, hash, before, now));
            found.ifPresentOrElse(
                    fresh -> remembered.put(hash, fresh), () -> remembered.invalidate(hash));
            return found.map(Remembered::token);
        } finally {
            lock.unlock();
        }
    }

    /// Whether the browser was given another cookie instead of this one. Blocks.
    public boolean isReplaced(String cookie) {
        return database.transaction(tx -> cookies.isReplaced(tx, OneTimeSecret.hash(cookie)));
    }

    /// At once on this node; others hear of what ended.
    public void forget(String cookie) {
        remembered.invalidate(OneTimeSecret.hash(cookie));
    }

    /// The keys have changed that the tokens were signed with.
    public void forgetAll() {
        remembered.invalidateAll();
    }

    /// What pages show with whatever they change, so that nobody else's page can (the Fetch
    /// standard keeps it from those). It follows from the cookie, and does not lead back to it.
    public String csrfToken(String cookie) {
        return box.fingerprint(cookie, "auth.csrf");
    }

    public boolean isCsrfToken(String cookie, String token) {
        return MessageDigest.isEqual(
                csrfToken(cookie).getBytes(StandardCharsets.UTF_8),
                token.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Remembered> fresh(String hash) {
        Instant now = context.now();
        return Optional.ofNullable(remembered.getIfPresent(hash))
                .filter(known -> now.isBefore(known.checkedAt().plus(CHECK_EVERY)))
                .filter(known ->
                        now.isBefore(known.madeAt().plus(context.config().tokenLifetime())))
                .filter(known -> !known.session().isOverAt(now, context.config()))
                .filter(known ->
                        !revocations.covers(
                                known.session().id(),
                                known.session().accountId(),
                                known.checkedAt()));
    }

    private Optional<Remembered> load(
            SqlTransaction tx, String hash, Optional<Remembered> before, Instant now) {
        Optional<Session> session = cookies.findSession(tx, hash).flatMap(id -> store.find(tx, id));
        if (session.isEmpty()) {
            return Optional.empty();
        }
        if (session.get().isOverAt(now, context.config())) {
            store.end(tx, session.get().id());
            return Optional.empty();
        }
        return accounts.find(tx, session.get().accountId())
                .map(Credential::account)
                .filter(account -> !account.isDeleted() && !account.isBannedAt(now))
                .flatMap(account -> remembered(tx, account, session.get(), before, now));
    }

    /// A token is used for half of its life, as clients do that refresh in time. Empty when the
    /// session was ended since it was read.
    private Optional<Remembered> remembered(
            SqlTransaction tx,
            Account account,
            Session session,
            Optional<Remembered> before,
            Instant now) {
        Optional<Session> active = Optional.of(session);
        if (!session.lastActiveAt().plus(MARK_EVERY).isAfter(now)) {
            store.recordRefresh(tx, session.id(), now);
            active = store.find(tx, session.id());
        }
        if (active.isEmpty()) {
            return Optional.empty();
        }
        Duration half = context.config().tokenLifetime().dividedBy(2);
        Optional<Remembered> usable =
                before.filter(old -> old.stillSays(session, account))
                        .filter(old -> now.isBefore(old.madeAt().plus(half)));
        String token =
                usable.map(Remembered::token)
                        .orElseGet(() -> sessions.accessToken(tx, account, session, now));
        Instant madeAt = usable.map(Remembered::madeAt).orElse(now);
        return Optional.of(
                new Remembered(token, madeAt, active.get(), account.moments().updatedAt(), now));
    }

    private void end(SqlTransaction tx, UUID id, Visitor visitor) {
        store.lock(tx, id)
                .flatMap(session -> accounts.find(tx, session.accountId()))
                .ifPresent(credential -> {
                    store.end(tx, id);
                    context.audit()
                            .record(
                                    tx,
                                    Action.SIGNED_OUT,
                                    credential.account(),
                                    visitor,
                                    context.now());
                });
    }
}
