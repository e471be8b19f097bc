package dev.ashlar.http;

import dev.ashlar.problem.Problem;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which handler answers which path: exact routes first, then the mount with the longest prefix.
///
/// Immutable. Every handler is guarded by its [ProblemRenderer], and wrapped by the filters of the
/// router and then those of its mount, which therefore see errors as answers.
public final class Router implements HttpHandler {
    private final Map<String, Mount> exact;
    private final Mount[] mounts;
    private final Mount nowhere;

    private Router(Builder builder) {
        this.nowhere = builder.built(Pending.plain("", Router::nothingHere));
        this.exact = new LinkedHashMap<>();
        builder.routes.forEach(
                (path, methods) -> exact.put(path, builder.built(Pending.plain(path, methods))));
        this.mounts =
                builder.mounts.stream()
                        .map(builder::built)
                        .sorted(Comparator.comparingInt((Mount m) -> m.path.length()).reversed())
                        .toArray(Mount[]::new);
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Never fails: a problem comes back as an answer.
    @Override
    public Future<HttpResponse> handle(HttpRequest request) {
        Mount mount = find(request.path());
        return mount.chain.handle(MountedRequest.of(request, mount.path));
    }

    /// Answers with a problem found outside of any handler, in the dialect of the path and through
    /// its filters, so that browsers may read it.
    Future<HttpResponse> refuse(HttpRequest request, Problem problem) {
        Mount mount = find(request.path());
        HttpHandler refusing = _ -> Future.failedFuture(new ProblemException(problem));
        return chain(mount.filters, new GuardedHandler(refusing, mount.renderer))
                .handle(MountedRequest.of(request, mount.path));
    }

    /// Allocates nothing: it runs for every request.
    private Mount find(String path) {
        Mount route = exact.get(path);
        if (route != null) {
            return route;
        }
        for (Mount mount : mounts) {
            if (mount.holds(path)) {
                return mount;
            }
        }
        return nowhere;
    }

    private static Future<HttpResponse> nothingHere(HttpRequest request) {
        return Future.failedFuture(
                new ProblemException(new RequestProblem.PathInvalid(request.path())));
    }

    private static HttpHandler chain(List<HttpFilter> filters, HttpHandler last) {
        HttpHandler chain = last;
        for (HttpFilter filter : filters.reversed()) {
            HttpHandler next = chain;
            chain = request -> filter.filter(request, next);
        }
        return chain;
    }

    private record Mount(
            String path, ProblemRenderer renderer, List<HttpFilter> filters, HttpHandler chain) {
        boolean holds(String requested) {
            return requested.startsWith(path)
                    && (requested.length() == path.length()
                            || requested.charAt(path.length()) == '/');
        }
    }

    private record Pending(
            String path, HttpHandler handler, ProblemRenderer renderer, List<HttpFilter> own) {
        static Pending plain(String path, HttpHandler handler) {
            return new Pending(path, handler, PlainProblems.RENDERER, List.of());
        }

        static Pending plain(String path, Map<String, HttpHandler> methods) {
            return plain(path, new MethodTable(Map.copyOf(methods)));
        }
    }

    /// Gathers filters, mounts and routes; only the order among the filters matters.
    public static final class Builder {
        private final List<HttpFilter> filters = new ArrayList<>();
        private final List<Pending> mounts = new ArrayList<>();
        private final Map<String, Map<String, HttpHandler>> routes = new LinkedHashMap<>();

        private Builder() {}

        /// A filter of every answer, also where nothing is mounted; the first is the outermost.
        public Builder filter(HttpFilter filter) {
            filters.add(filter);
            return this;
        }

        /// Everything at and below `path`, such as `/rest/v1`; `/` for the whole server.
        public Builder mount(
                String path,
                HttpHandler handler,
                ProblemRenderer renderer,
                HttpFilter... mountFilters) {
            String prefix = path.equals("/") ? "" : path;
            boolean wellFormed =
                    prefix.isEmpty() || (RequestPath.isAcceptable(prefix) && !prefix.endsWith("/"));
            if (!wellFormed) {
                throw new IllegalArgumentException("not a mount path: " + path);
            }
            if (mounts.stream().anyMatch(mount -> mount.path.equals(prefix))) {
                throw new IllegalArgumentException("mounted twice: " + path);
            }
            mounts.add(new Pending(prefix, handler, renderer, List.of(mountFilters)));
            return this;
        }

        /// A single path outside of any dialect, such as `/healthz`.
        public Builder route(String method, String path, HttpHandler handler) {
            Map<String, HttpHandler> methods =
                    routes.computeIfAbsent(path, _ -> new LinkedHashMap<>());
            if (methods.put(method.toUpperCase(Locale.ROOT), handler) != null) {
                throw new IllegalArgumentException("routed twice: " + method + " " + path);
            }
            return this;
        }

        public Router build() {
            return new Router(this);
        }

        private Mount built(Pending pending) {
            List<HttpFilter> all = new ArrayList<>(filters);
            all.addAll(pending.own);
            HttpHandler guarded = new GuardedHandler(pending.handler, pending.renderer);
            // The outer guard is for the filters themselves.
            HttpHandler chain = new GuardedHandler(chain(all, guarded), pending.renderer);
            return new Mount(pending.path, pending.renderer, List.copyOf(all), chain);
        }
    }

    /// The handlers of one path by method; HEAD is GET whose body the adapter leaves out.
    private record MethodTable(Map<String, HttpHandler> handlers) implements HttpHandler {
        @Override
        public Future<HttpResponse> handle(HttpRequest request) {
            return find(request.method())
                    .map(handler -> handler.handle(request))
                    .orElseGet(() -> Future.succeededFuture(notAllowed(request)));
        }

        private Optional<HttpHandler> find(String method) {
            @Nullable HttpHandler handler = handlers.get(method);
            return Optional.ofNullable(
                    handler == null && method.equals("HEAD") ? handlers.get("GET") : handler);
        }

        private HttpResponse notAllowed(HttpRequest request) {
            return AllowedMethods.of(handlers.keySet()).refuse(request, PlainProblems.RENDERER);
        }
    }
}
