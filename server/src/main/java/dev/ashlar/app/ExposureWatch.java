package dev.ashlar.app;

import dev.ashlar.observe.Log;
import dev.ashlar.ops.exposure.ExposureConfig.Check;
import dev.ashlar.ops.exposure.ExposureSummary;
import dev.ashlar.ops.exposure.Review;
import dev.ashlar.ops.exposure.Review.Undeclared;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Looks at what the database exposes when the server starts, says it in one line, and warns of
/// what nobody declared, or refuses the start.
///
/// Where it warns it looks behind the scenes, so that the first answer does not wait, and again
/// after each change of the schema.
final class ExposureWatch {
    private static final Log LOG = Log.of(ExposureWatch.class);
    private static final int MOST_LINES = 20;

    /// Changes of the schema come in flocks.
    private static final Duration QUIET = Duration.ofMillis(500);

    private final ExposureLook look;
    private final Check check;
    private final Semaphore requests = new Semaphore(0);
    private final Thread worker;
    private volatile boolean closed;
    private Said said = new Said("", List.of());

    /// What was logged last; the same is not logged again.
    private record Said(String line, List<String> undeclared) {}

    private ExposureWatch(ExposureLook look, Check check) {
        this.look = look;
        this.check = check;
        this.worker = Thread.ofVirtual().name("exposure").unstarted(this::work);
    }

    static ExposureWatch of(Config config, Site site, Database database) {
        Check check =
                switch (config.exposure().check()) {
                    case AUTO -> byMode(config.run().mode());
                    case OFF -> Check.OFF;
                    case WARN -> Check.WARN;
                    case REFUSE -> Check.REFUSE;
                };
        return new ExposureWatch(
                ExposureLook.of(config, site, database, config.exposure().timeout()), check);
    }

    private static Check byMode(RunConfig.Mode mode) {
        return switch (mode) {
            case DEVELOPMENT -> Check.WARN;
            case PRODUCTION -> Check.REFUSE;
        };
    }

    /// Before anything listens. Where an undeclared exposure is refused, so is one that could not
    /// be looked at: a [StartFailure] in both cases.
    void beforeListening() {
        if (check != Check.REFUSE) {
            return;
        }
        Review review;
        try {
            review = look.review();
        } catch (IOException e) {
            throw new StartFailure(
                    "What the database exposes could not be looked at: " + e.getMessage(),
                    "Nothing is served as long as it is not known what is open. To serve all the"
                            + " same: --set exposure.check=warn",
                    e);
        }
        say(review);
        if (!review.undeclared().isEmpty()) {
            throw new StartFailure(
                    "The database exposes what is not declared in "
                            + look.file()
                            + ":\n"
                            + lines(review.undeclared()),
                    "Close it, or declare it: `ashlar exposure accept` writes the file, to be"
                            + " reviewed and put beside the migrations.\n"
                            + "To serve all the same: --set exposure.check=warn");
        }
    }

    /// From now on changes of the schema are followed.
    void start() {
        if (check == Check.WARN) {
            worker.start();
        }
    }

    /// Somebody may have changed what is exposed.
    void request() {
        requests.release();
    }

    void close() {
        closed = true;
        worker.interrupt();
    }

    private void work() {
        try {
            requests.release();
            while (true) {
                requests.acquire();
                while (requests.tryAcquire(1, QUIET.toMillis(), TimeUnit.MILLISECONDS)) {
                    requests.drainPermits();
                }
                warn();
            }
        } catch (InterruptedException _) {
            // Asked to stop.
        }
    }

    private void warn() {
        try {
            say(look.review());
        } catch (IOException | RuntimeException e) {
            unknown(String.valueOf(e.getMessage()));
        }
    }

    private void unknown(String why) {
        if (!closed) {
            LOG.warn("What the database exposes could not be looked at: {}", why);
        }
    }

    private void say(Review review) {
        String line = ExposureSummary.of(review.report()).line();
        List<String> undeclared = review.undeclared().stream().map(Undeclared::message).toList();
        Said now = new Said(line, undeclared);
        if (closed || now.equals(said)) {
            return;
        }
        said = now;
        LOG.info("Exposure: {}", line);
        if (!undeclared.isEmpty() && check == Check.WARN) {
            LOG.warn(
                    "Exposed, but not declared in {} (`ashlar exposure` tells more, `ashlar exposure"
                            + " accept` declares it; in production the server would not start):\n{}",
                    look.file(),
                    lines(review.undeclared()));
        }
        review.stale()
                .forEach(text -> LOG.info("exposure.yaml allows more than there is: {}", text));
    }

    private static String lines(List<Undeclared> undeclared) {
        String shown =
                undeclared.stream()
                        .limit(MOST_LINES)
                        .map(each -> "  + " + each.message())
                        .collect(Collectors.joining("\n"));
        int more = undeclared.size() - MOST_LINES;
        return more > 0 ? shown + "\n  and " + more + " more" : shown;
    }
}
