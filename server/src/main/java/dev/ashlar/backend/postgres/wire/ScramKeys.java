package dev.ashlar.backend.postgres.wire;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import dev.ashlar.config.Secret;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// The keys that one password makes of a salt (RFC 5802, section 3): thousands of rounds for the
/// first connection, off the event loop, and nothing for those that follow, as a login keeps its
/// salt until its password is set anew.
///
/// They are as good as the password, live as long as whoever opens the connections, and are never
/// shown.
final class ScramKeys {
    /// One for each salt that a server has had of late.
    private static final int MOST = 8;

    /// Of PostgreSQL's setting `scram_iterations`, 4,096 by default: seconds of work, and what a
    /// stranger in the place of the server may cost us.
    private static final int MOST_ITERATIONS = 10_000_000;

    private final Secret password;
    private final Map<Salted, Future<Keys>> known = new LinkedHashMap<>(MOST, 0.75f, true);
    private int made;

    ScramKeys(Secret password) {
        this.password = password;
    }

    private record Salted(String salt, int iterations) {}

    /// ClientKey and ServerKey.
    static final class Keys {
        private final byte[] client;
        private final byte[] server;

        private Keys(byte[] client, byte[] server) {
            this.client = client;
            this.server = server;
        }

        byte[] client() {
            return client;
        }

        byte[] server() {
            return server;
        }
    }

    /// Completes on the context; at once where the keys are known.
    Future<Keys> of(String salt, int iterations, ContextInternal context) {
        if (iterations > MOST_ITERATIONS) {
            return Future.failedFuture(
                    new ProtocolViolationException(
                            "the server asks for %,d rounds of SCRAM, and %,d are made at most"
                                    .formatted(iterations, MOST_ITERATIONS)));
        }
        Future<Keys> keys = remembered(new Salted(salt, iterations), context);
        if (keys.succeeded()) {
            return keys;
        }
        Promise<Keys> here = context.promise();
        keys.onComplete(here);
        return here.future();
    }

    /// How often keys had to be made.
    synchronized int made() {
        return made;
    }

    private synchronized Future<Keys> remembered(Salted salted, ContextInternal context) {
        Future<Keys> present = known.get(salted);
        if (present != null && !present.failed()) {
            return present;
        }
        made++;
        Promise<Keys> making = Promise.promise();
        context.<Keys>executeBlocking(() -> make(salted), false).onComplete(making);
        known.put(salted, making.future());
        if (known.size() > MOST) {
            known.remove(known.keySet().iterator().next());
        }
        return making.future();
    }

    /// The server prepares passwords in this way when they are set.
    private Keys make(Salted salted) {
        ScramMechanism mechanism = ScramMechanism.SCRAM_SHA_256;
        byte[] password =
                ScramFunctions.saltedPassword(
                        mechanism,
                        StringPreparation.POSTGRESQL_PREPARATION,
                        this.password.reveal().toCharArray(),
                        Base64.getDecoder().decode(salted.salt()),
                        salted.iterations());
        return new Keys(
                ScramFunctions.clientKey(mechanism, password),
                ScramFunctions.serverKey(mechanism, password));
    }
}
