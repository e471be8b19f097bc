package dev.ashlar.http;

import dev.ashlar.identity.Role;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/// A request as the handler of a mount sees it: the same, and it knows the path below the mount.
record MountedRequest(HttpRequest request, String mountPath) implements HttpRequest {
    @Override
    public String subPath() {
        String path = request.path();
        return path.length() == mountPath.length() ? "/" : path.substring(mountPath.length());
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public String query() {
        return request.query();
    }

    @Override
    public Optional<String> findHeader(String name) {
        return request.findHeader(name);
    }

    @Override
    public List<String> headers(String name) {
        return request.headers(name);
    }

    @Override
    public Buffer body() {
        return request.body();
    }

    @Override
    public String requestId() {
        return request.requestId();
    }

    @Override
    public String remoteAddress() {
        return request.remoteAddress();
    }

    @Override
    public String origin() {
        return request.origin();
    }

    @Override
    public boolean abandoned() {
        return request.abandoned();
    }

    @Override
    public void runsAs(Role role) {
        request.runsAs(role);
    }
}
