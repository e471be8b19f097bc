package dev.ashlar.app;

import dev.ashlar.app.postgrest.SettingsText;
import dev.ashlar.catalog.Catalog;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.Router;
import dev.ashlar.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;

/// The operator's endpoints on a port of their own (PostgREST's reference, "Admin Server"). Never
/// mounted beside the data: they say what no caller needs to know.
final class AdminEndpoints {
    private static final int PATIENCE_MS = 1_000;

    private final DataRuns runs;
    private final Vertx vertx;
    private final String host;
    private final int port;

    /// `host` and `port` are where the data is served.
    AdminEndpoints(DataRuns runs, Vertx vertx, String host, int port) {
        this.runs = runs;
        this.vertx = vertx;
        this.host = host;
        this.port = port;
    }

    Router router() {
        return Router.builder()
                .route("GET", "/live", _ -> live().map(AdminEndpoints::status))
                .route("GET", "/ready", _ -> ready().map(AdminEndpoints::status))
                .route("GET", "/schema_cache", _ -> Future.succeededFuture(catalog()))
                .route("GET", "/metrics", _ -> Future.succeededFuture(AdminMetrics.of(runs)))
                .route("GET", "/config", _ -> Future.succeededFuture(config()))
                .build();
    }

    private static HttpResponse status(int status) {
        return HttpResponse.empty(status);
    }

    /// Whether the port of the data takes connections.
    private Future<Integer> live() {
        return vertx.createNetClient(new NetClientOptions().setConnectTimeout(PATIENCE_MS))
                .connect(
                        host.startsWith("/")
                                ? SocketAddress.domainSocketAddress(host)
                                : SocketAddress.inetSocketAddress(port, host))
                .compose(socket -> socket.close())
                .map(200)
                .otherwise(500);
    }

    private Future<Integer> ready() {
        return live().compose(status ->
                status != 200
                        ? Future.succeededFuture(status)
                        : runs.present().backend().ready().map(holds -> holds ? 200 : 503));
    }

    private HttpResponse catalog() {
        try {
            Catalog catalog = runs.present().backend().catalog();
            return HttpResponse.json(200, CatalogDump.of(catalog));
        } catch (ProblemException _) {
            return status(503);
        }
    }

    private HttpResponse config() {
        return HttpResponse.text(200, SettingsText.withoutSecrets(runs.present().settings()));
    }
}
