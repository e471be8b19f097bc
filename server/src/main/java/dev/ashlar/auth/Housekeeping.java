package dev.ashlar.auth;

import dev.ashlar.auth.account.FactorStore;
import dev.ashlar.auth.context.AuthContext;
import dev.ashlar.auth.factor.FactorChallengeStore;
import dev.ashlar.auth.link.FlowStateStore;
import dev.ashlar.auth.link.MessagePace;
import dev.ashlar.auth.link.OneTimeCodes;
import dev.ashlar.auth.web3.UsedMessageStore;
import dev.ashlar.auth.webauthn.ChallengeStore;
import dev.ashlar.backend.sql.SqlDatabase;
import dev.ashlar.observe.Log;
import dev.ashlar.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;

/// Throws away what has expired, every hour on each node: codes nobody used, flows nobody came back
/// to, challenges nobody answered, messages of wallets, factors nobody finished to enroll, and when
/// addresses were last written to.
public final class Housekeeping implements AutoCloseable {
    private static final Log LOG = Log.of(Housekeeping.class);
    private static final Duration EVERY = Duration.ofHours(1);

    /// Longer than any code or link lives, and any frequency makes sense for.
    private static final Duration KEPT = Duration.ofDays(2);

    private final SqlDatabase database;
    private final OneTimeCodes codes;
    private final FlowStateStore flows;
    private final MessagePace pace;
    private final ChallengeStore challenges = new ChallengeStore();
    private final UsedMessageStore walletMessages = new UsedMessageStore();
    private final AuthContext context;
    private final FactorStore factors = new FactorStore();
    private final FactorChallengeStore factorChallenges = new FactorChallengeStore();
    private final Thread thread;

    private Housekeeping(
            SqlDatabase database,
            OneTimeCodes codes,
            FlowStateStore flows,
            MessagePace pace,
            AuthContext context) {
        this.database = database;
        this.codes = codes;
        this.flows = flows;
        this.pace = pace;
        this.context = context;
        this.thread = Thread.ofVirtual().name("auth-housekeeping").unstarted(this::run);
    }

    static Housekeeping start(
            SqlDatabase database,
            OneTimeCodes codes,
            FlowStateStore flows,
            MessagePace pace,
            AuthContext context) {
        Housekeeping housekeeping = new Housekeeping(database, codes, flows, pace, context);
        housekeeping.thread.start();
        return housekeeping;
    }

    /// How many rows went.
    public long sweep() {
        return database.transaction(tx -> {
            Instant now = context.now();
            Instant before = now.minus(KEPT);
            return codes.deleteExpired(tx, now)
                    + flows.deleteOlderThan(tx, before)
                    + challenges.deleteExpired(tx, now)
                    + walletMessages.deleteExpired(tx, now)
                    + pace.deleteOlderThan(tx, before)
                    + factorChallenges.deleteOlderThan(tx, before)
                    + factors.deleteUnverified(
                            tx, now.minus(context.config().mfa().enrollmentLifetime()));
        });
    }

    private void run() {
        while (true) {
            try {
                Thread.sleep(EVERY);
                sweep();
            } catch (InterruptedException _) {
                return;
            } catch (ProblemException e) {
                LOG.debug("What has expired is thrown away an hour later", e);
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
