package dev.ashlar.http.tls;

import dev.ashlar.observe.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Looks at the certificate's files now and then, and when asked to, and hands on what is new.
///
/// It compares what they hold, not their times: a mounted secret is a link that is swung over, and
/// a restored file may be older. A pair that cannot be used, such as one that is being written, is
/// told of once and tried again; the present one serves on.
public final class CertificateWatch implements AutoCloseable {
    private static final Log LOG = Log.of(CertificateWatch.class);
    private static final Duration SOON = Duration.ofDays(14);

    private final TlsConfig config;
    private final Consumer<ServerCertificate> use;
    private final Semaphore requests = new Semaphore(0);
    private final Thread worker;
    private volatile boolean closed;
    private ServerCertificate present;
    private String complaint = "";

    private CertificateWatch(
            TlsConfig config, ServerCertificate present, Consumer<ServerCertificate> use) {
        this.config = config;
        this.present = present;
        this.use = use;
        this.worker = Thread.ofVirtual().name("certificate").unstarted(this::work);
    }

    /// `present` is what serves now; `use` gets what comes after it, on a thread of the watch.
    public static CertificateWatch start(
            TlsConfig config, ServerCertificate present, Consumer<ServerCertificate> use) {
        CertificateWatch watch = new CertificateWatch(config, present, use);
        warnOfEnd(present);
        watch.worker.start();
        return watch;
    }

    /// Looks soon.
    public void request() {
        requests.release();
    }

    @Override
    public void close() {
        closed = true;
        worker.interrupt();
    }

    private void work() {
        try {
            while (!closed) {
                await();
                requests.drainPermits();
                look();
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void await() throws InterruptedException {
        if (config.reloadInterval().isZero()) {
            requests.acquire();
        } else {
            requests.tryAcquire(config.reloadInterval().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        try {
            ServerCertificate read = ServerCertificate.load(config);
            complaint = "";
            if (!read.equals(present)) {
                use.accept(read);
                present = read;
                LOG.info("A new {} serves from now on", read);
                warnOfEnd(read);
            }
        } catch (UnusableCertificate e) {
            String message = String.valueOf(e.getMessage());
            if (!message.equals(complaint)) {
                complaint = message;
                LOG.warn("{} The present certificate serves on. {}", message, e.advice());
            }
        } catch (RuntimeException e) {
            LOG.warn("The new certificate cannot be used; the present one serves on", e);
        }
    }

    private static void warnOfEnd(ServerCertificate certificate) {
        Instant now = Instant.now();
        if (certificate.expires().isBefore(now)) {
            LOG.warn("The {}, has ended: clients will refuse it", certificate);
        } else if (certificate.expires().isBefore(now.plus(SOON))) {
            LOG.warn("The {}, ends soon", certificate);
        }
    }
}
