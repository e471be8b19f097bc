package dev.ashlar.http;

import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The handler of a mount that is a table of methods and path templates.
///
/// Blocking handlers run on a virtual thread each, within the bound of [BlockingCalls]; the others
/// on the event loop.
public final class Routes implements HttpHandler {
    private final List<Route> routes;
    private final ProblemRenderer renderer;

    private Routes(Builder builder) {
        this.routes =
                builder.routes.stream()
                        .sorted(Comparator.comparingLong(Route::literals).reversed())
                        .toList();
        this.renderer = builder.renderer;
    }

    /// The renderer is that of the mount; it words a method that is not allowed.
    public static Builder builder(ProblemRenderer renderer, BlockingCalls blocking) {
        return new Builder(renderer, blocking);
    }

    @Override
    public Future<HttpResponse> handle(HttpRequest request) {
        String[] path = RouteTemplate.segments(request.subPath());
        List<String> others = new ArrayList<>();
        for (Route route : routes) {
            var match = route.template().findMatch(path);
            if (match.isEmpty()) {
                continue;
            }
            if (route.answers(request.method())) {
                return route.handler().handle(request, match.get());
            }
            others.add(route.method());
        }
        if (others.isEmpty()) {
            throw new ProblemException(new RequestProblem.PathInvalid(request.path()));
        }
        return Future.succeededFuture(AllowedMethods.of(others).refuse(request, renderer));
    }

    private record Route(String method, RouteTemplate template, RouteHandler handler) {
        boolean answers(String asked) {
            return method.equals(asked) || (asked.equals("HEAD") && method.equals("GET"));
        }

        long literals() {
            return template.literals();
        }
    }

    @FunctionalInterface
    private interface RouteHandler {
        Future<HttpResponse> handle(HttpRequest request, PathParameters path);
    }

    /// Gathers the table.
    public static final class Builder {
        private final List<Route> routes = new ArrayList<>();
        private final ProblemRenderer renderer;
        private final BlockingCalls blocking;

        private Builder(ProblemRenderer renderer, BlockingCalls blocking) {
            this.renderer = renderer;
            this.blocking = blocking;
        }

        /// A sequence of steps on a virtual thread of its own.
        public Builder route(String method, String template, BlockingHandler handler) {
            return add(
                    method,
                    template,
                    (request, path) -> blocking.run(request, r -> handler.handle(r, path)));
        }

        /// On the event loop: it must not block.
        public Builder routeAsync(String method, String template, HttpHandler handler) {
            return add(method, template, (request, _) -> handler.handle(request));
        }

        public Routes build() {
            return new Routes(this);
        }

        private Builder add(String method, String template, RouteHandler handler) {
            RouteTemplate parsed = RouteTemplate.parse(template);
            String upper = method.toUpperCase(Locale.ROOT);
            boolean twice =
                    routes.stream()
                            .anyMatch(r -> r.method().equals(upper) && r.template().equals(parsed));
            if (twice) {
                throw new IllegalArgumentException("routed twice: " + upper + " " + template);
            }
            routes.add(new Route(upper, parsed, handler));
            return this;
        }
    }
}
