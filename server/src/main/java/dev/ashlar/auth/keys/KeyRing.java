package dev.ashlar.auth.keys;

import dev.ashlar.auth.audit.AuditStore;
import dev.ashlar.auth.audit.AuditStore.Action;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.keys.SigningKey.Status;
import dev.ashlar.auth.keys.SigningKeyStore.Stored;
import dev.ashlar.auth.token.HmacKey;
import dev.ashlar.auth.token.PublicKeys;
import dev.ashlar.auth.token.SecretBox;
import dev.ashlar.auth.token.SigningAlgorithm;
import dev.ashlar.auth.token.SigningPair;
import dev.ashlar.auth.token.TokenKey;
import dev.ashlar.auth.token.TokenKeys;
import dev.ashlar.auth.token.TokenSigningKey;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.backend.sql.SqlTransaction;
import dev.ashlar.config.Secret;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The keys of all nodes, which live in the database, as this node knows them.
///
/// A pair goes from standby to current to previous to revoked. Verifiers know a standby long before
/// it signs, so that no node and no client meets a token of an unknown key after a rotation. The
/// server's secret goes on verifying: the API keys are signed with it, and tokens that others make.
public final class KeyRing {
    /// Looking up a key that nobody knows is free for whoever sends tokens, not for the database.
    private static final long LOOK_UP_PAUSE_NS = Duration.ofSeconds(3).toNanos();

    private final SqlDatabase database;
    private final AuditStore audit;
    private final SecretBox box;
    private final HmacKey secret;
    private final SigningAlgorithm algorithm;
    private final InstantSource clock;
    private final SigningKeyStore store = new SigningKeyStore();
    private final List<Consumer<TokenKeys>> followers = new CopyOnWriteArrayList<>();
    private final AtomicLong lookedUp = new AtomicLong(System.nanoTime() - LOOK_UP_PAUSE_NS);
    private volatile View view;

    /// What the database said, and the keys that follow from it.
    private record View(List<SigningKey> rows, TokenKeys keys) {}

    private KeyRing(
            SqlDatabase database,
            AuditStore audit,
            Secret serverSecret,
            SigningAlgorithm algorithm,
            InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.box = new SecretBox(serverSecret);
        this.secret = new HmacKey(serverSecret);
        this.algorithm = algorithm;
        this.clock = clock;
        this.view = new View(List.of(), TokenKeys.of(secret, List.of(secret)));
    }

    /// Makes the pairs that are lacking: at the first start a current and a standby one. Blocks.
    public static KeyRing open(
            SqlDatabase database,
            AuditStore audit,
            Secret serverSecret,
            SigningAlgorithm algorithm,
            InstantSource clock) {
        KeyRing ring = new KeyRing(database, audit, serverSecret, algorithm, clock);
        if (algorithm == SigningAlgorithm.HS256) {
            ring.reload();
        } else {
            ring.use(
                    database.transaction(tx -> {
                        ring.store.lock(tx);
                        ring.complete(tx, clock.instant());
                        return ring.store.all(tx);
                    }));
        }
        return ring;
    }

    public TokenKeys keys() {
        return view.keys();
    }

    /// Gets the keys now and after each change.
    public void follow(Consumer<TokenKeys> follower) {
        followers.add(follower);
        follower.accept(view.keys());
    }

    /// Those that verify, for the JSON Web Key Set: the current one first.
    public List<SigningKey> published() {
        return view.rows().stream().filter(SigningKey::verifies).toList();
    }

    /// Another node may have changed something. Blocks.
    public synchronized void reload() {
        // Read within the lock: an older answer can then not replace a younger one.
        use(database.transaction(store::all));
    }

    /// The same without waiting for it, and not more often than every few seconds.
    public void lookUpSoon() {
        long last = lookedUp.get();
        long now = System.nanoTime();
        if (now - last >= LOOK_UP_PAUSE_NS && lookedUp.compareAndSet(last, now)) {
            Thread.ofVirtual().name("signing keys").start(this::reload);
        }
    }

    /// All there ever were, the latest first.
    public List<SigningKey> all() {
        return database.transaction(tx -> store.all(tx).stream().map(Stored::key).toList());
    }

    /// The standby begins to sign, the current one only verifies from now on, and a new standby is
    /// made.
    public List<SigningKey> rotate(Visitor visitor) {
        return change(tx -> {
            Instant now = clock.instant();
            complete(tx, now);
            String next = advance(tx, store.all(tx), Status.PREVIOUS, now);
            complete(tx, now);
            audit.recordOperation(tx, Action.KEY_ROTATED, next, visitor, now);
        });
    }

    /// No token under this key is accepted any more. Where it is the current one the standby takes
    /// its place.
    public List<SigningKey> revoke(String id, Visitor visitor) {
        return change(tx -> {
            Instant now = clock.instant();
            List<Stored> rows = store.all(tx);
            SigningKey key =
                    rows.stream()
                            .map(Stored::key)
                            .filter(known -> known.id().equals(id))
                            .findFirst()
                            .orElseThrow(() -> refusal("There is no signing key with this id"));
            if (key.status() == Status.CURRENT) {
                complete(tx, now);
                advance(tx, store.all(tx), Status.REVOKED, now);
            } else {
                store.retire(tx, id, Status.REVOKED, now);
            }
            complete(tx, now);
            audit.recordOperation(tx, Action.KEY_REVOKED, id, visitor, now);
        });
    }

    private List<SigningKey> change(Consumer<SqlTransaction> work) {
        if (algorithm == SigningAlgorithm.HS256) {
            throw refusal("Tokens are signed with the server's secret, which has no rotation");
        }
        List<Stored> rows =
                database.transaction(tx -> {
                    store.lock(tx);
                    work.accept(tx);
                    store.tellNodes(tx);
                    return store.all(tx);
                });
        reload();
        return rows.stream().map(Stored::key).toList();
    }

    private String advance(SqlTransaction tx, List<Stored> rows, Status fate, Instant now) {
        String current = find(rows, Status.CURRENT).orElseThrow().key().id();
        String next = find(rows, Status.STANDBY).orElseThrow().key().id();
        store.retire(tx, current, fate, now);
        store.activate(tx, next, now);
        return next;
    }

    /// A pair that does not open was sealed under another secret: whoever changed the secret wants
    /// what it protected to end.
    private void complete(SqlTransaction tx, Instant now) {
        for (Status status : List.of(Status.CURRENT, Status.STANDBY)) {
            Optional<Stored> present = find(store.all(tx), status);
            if (present.filter(this::serves).isPresent()) {
                continue;
            }
            present.ifPresent(stored -> store.retire(tx, stored.key().id(), Status.REVOKED, now));
            SigningPair pair = algorithm.freshPair();
            store.insert(tx, pair, status, box.seal(pair.privateJwk(), purpose(pair.id())), now);
        }
    }

    /// A current pair of another algorithm than the settings name signs until the next rotation.
    private boolean serves(Stored stored) {
        return findPair(stored).isPresent()
                && (stored.key().status() == Status.CURRENT
                        || stored.key().algorithm() == algorithm);
    }

    private Optional<SigningPair> findPair(Stored stored) {
        return stored.sealed()
                .flatMap(sealed -> box.findOpened(sealed, purpose(stored.key().id())))
                .map(SigningPair::parse);
    }

    private synchronized void use(List<Stored> stored) {
        List<SigningKey> rows = stored.stream().map(Stored::key).toList();
        if (rows.equals(view.rows())) {
            return;
        }
        TokenSigningKey signing = secret;
        List<TokenKey> all = new ArrayList<>(List.of(secret));
        for (Stored row : stored) {
            if (!row.key().verifies()) {
                continue;
            }
            Optional<SigningPair> pair =
                    algorithm != SigningAlgorithm.HS256 && row.key().status() == Status.CURRENT
                            ? findPair(row)
                            : Optional.empty();
            all.add(
                    pair.<TokenKey>map(own -> own)
                            .orElseGet(() -> PublicKeys.parse(row.key().publicJwk())));
            signing = pair.<TokenSigningKey>map(own -> own).orElse(signing);
        }
        view = new View(rows, TokenKeys.of(signing, all));
        followers.forEach(follower -> follower.accept(view.keys()));
    }

    private static Optional<Stored> find(List<Stored> rows, Status status) {
        return rows.stream().filter(row -> row.key().status() == status).findFirst();
    }

    private static String purpose(String id) {
        return "auth.signing_keys.private_jwk " + id;
    }

    private static ProblemException refusal(String message) {
        return new ProblemException(new ValidationFailed(message));
    }
}
