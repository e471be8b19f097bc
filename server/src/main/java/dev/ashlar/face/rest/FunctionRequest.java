package dev.ashlar.face.rest;

import dev.ashlar.http.DerivedRequest;
import dev.ashlar.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request of the root, answered by a call of a function; `schema` is null where the caller's
/// choice holds.
record FunctionRequest(HttpRequest sent, String function, @Nullable String schema)
        implements DerivedRequest {
    private static final String PROFILE = "Accept-Profile";

    /// `name` is of the form `name` or `schema.name`.
    static FunctionRequest of(HttpRequest request, String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? new FunctionRequest(request, name, null)
                : new FunctionRequest(request, name.substring(dot + 1), name.substring(0, dot));
    }

    @Override
    public String subPath() {
        return "/rpc/" + function;
    }

    @Override
    public Optional<String> findHeader(String name) {
        return headers(name).stream().findFirst();
    }

    @Override
    public List<String> headers(String name) {
        return schema != null && name.equalsIgnoreCase(PROFILE)
                ? List.of(schema)
                : sent.headers(name);
    }
}
