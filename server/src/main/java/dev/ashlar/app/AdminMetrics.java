package dev.ashlar.app;

import dev.ashlar.auth.token.TokenMemory;
import dev.ashlar.backend.postgres.PoolFigures;
import dev.ashlar.http.HttpResponse;

/// The drop-in's figures in the text form of Prometheus, under PostgREST's names (its reference,
/// "Metrics").
final class AdminMetrics {
    private final StringBuilder text = new StringBuilder(2_000);

    private AdminMetrics() {}

    static HttpResponse of(DataRuns runs) {
        AdminMetrics metrics = new AdminMetrics();
        metrics.catalog(runs.figures());
        metrics.pool(
                runs.present().backend().figures(),
                Double.parseDouble(runs.present().settings().value("db-pool")));
        metrics.tokens(runs.tokens());
        return HttpResponse.text(200, metrics.text.toString());
    }

    private void catalog(CatalogFigures figures) {
        gauge(
                "pgrst_schema_cache_query_time_seconds",
                "The query time in seconds of the last schema cache load",
                figures.lastSeconds());
        String loads = "pgrst_schema_cache_loads_total";
        describe(loads, "counter", "The total number of times the schema cache was loaded");
        if (figures.failures() > 0) {
            sample(loads + "{status=\"FAIL\"}", (double) figures.failures());
        }
        if (figures.loads() > 0) {
            sample(loads + "{status=\"SUCCESS\"}", (double) figures.loads());
        }
    }

    private void pool(PoolFigures figures, double most) {
        gauge("pgrst_db_pool_max", "Max pool connections", most);
        gauge(
                "pgrst_db_pool_waiting",
                "Requests waiting to acquire a pool connection",
                figures.waiting());
        gauge("pgrst_db_pool_available", "Available connections in the pool", figures.available());
        counter(
                "pgrst_db_pool_timeouts_total",
                "The total number of pool connection timeouts",
                figures.timeouts());
    }

    private void tokens(TokenMemory.Figures figures) {
        counter(
                "pgrst_jwt_cache_requests_total",
                "The total number of JWT cache lookups",
                figures.lookups());
        counter("pgrst_jwt_cache_hits_total", "The total number of JWT cache hits", figures.hits());
        counter(
                "pgrst_jwt_cache_evictions_total",
                "The total number of JWT cache evictions",
                figures.evictions());
    }

    private void gauge(String name, String help, double value) {
        describe(name, "gauge", help);
        sample(name, value);
    }

    private void counter(String name, String help, long value) {
        describe(name, "counter", help);
        sample(name, (double) value);
    }

    private void describe(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void sample(String name, double value) {
        text.append(name).append(' ').append(value).append('\n');
    }
}
