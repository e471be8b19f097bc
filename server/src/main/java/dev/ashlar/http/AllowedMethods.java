package dev.ashlar.http;

import dev.ashlar.problem.RequestProblem;
import java.util.Collection;
import java.util.TreeSet;

/// The `Allow` header (RFC 9110 section 10.2.1) of a path that exists for other methods.
record AllowedMethods(String allow) {
    static AllowedMethods of(Collection<String> methods) {
        TreeSet<String> all = new TreeSet<>(methods);
        if (all.contains("GET")) {
            all.add("HEAD");
        }
        all.add("OPTIONS");
        return new AllowedMethods(String.join(", ", all));
    }

    /// OPTIONS is answered, anything else is refused in the words of the mount.
    HttpResponse refuse(HttpRequest request, ProblemRenderer renderer) {
        HttpResponse response =
                request.method().equals("OPTIONS")
                        ? HttpResponse.empty(204)
                        : renderer.render(
                                new RequestProblem.MethodUnsupported(request.method()), request);
        return response.withHeader("Allow", allow);
    }
}
