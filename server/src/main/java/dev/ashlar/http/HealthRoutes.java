package dev.ashlar.http;

import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.observe.Log;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// `/healthz`: the process is up. `/readyz`: it can do its work, else 503 and the name of what
/// fails.
public final class HealthRoutes {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Log LOG = Log.of(HealthRoutes.class);
    private static final HttpResponse OK = answer(200, "ok", "");

    private final List<ReadinessCheck> checks;
    private final BooleanSupplier draining;

    /// `draining` turns readiness off before the server stops, so that balancers look elsewhere.
    public HealthRoutes(List<ReadinessCheck> checks, BooleanSupplier draining) {
        this.checks = List.copyOf(checks);
        this.draining = draining;
    }

    public void addTo(Router.Builder router) {
        router.route("GET", "/healthz", _ -> Future.succeededFuture(OK));
        router.route("GET", "/readyz", _ -> ready());
    }

    private Future<HttpResponse> ready() {
        if (draining.getAsBoolean()) {
            return Future.succeededFuture(answer(503, "draining", ""));
        }
        List<Future<Boolean>> running = checks.stream().map(HealthRoutes::run).toList();
        return Future.join(running)
                .map(_ -> {
                    for (int i = 0; i < checks.size(); i++) {
                        if (!running.get(i).result()) {
                            return answer(503, "failing", checks.get(i).name());
                        }
                    }
                    return OK;
                });
    }

    /// Always succeeds, within the patience.
    private static Future<Boolean> run(ReadinessCheck check) {
        try {
            return check.holds()
                    .get()
                    .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .otherwise(failure -> failed(check, failure));
        } catch (RuntimeException e) {
            return Future.succeededFuture(failed(check, e));
        }
    }

    private static boolean failed(ReadinessCheck check, Throwable failure) {
        LOG.debug("The readiness check {} failed", check.name(), failure);
        return false;
    }

    private static HttpResponse answer(int status, String word, String check) {
        JsonObjectBuilder body = new JsonObjectBuilder().put("status", word);
        if (!check.isEmpty()) {
            body.put("check", check);
        }
        return HttpResponse.json(status, Json.write(body.build()))
                .withHeader("Cache-Control", "no-store");
    }
}
