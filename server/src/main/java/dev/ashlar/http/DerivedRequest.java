package dev.ashlar.http;

import dev.ashlar.identity.Role;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/// A request made out of another: all that its maker does not say anew is as it was sent.
public interface DerivedRequest extends HttpRequest {
    HttpRequest sent();

    @Override
    default String method() {
        return sent().method();
    }

    @Override
    default String path() {
        return sent().path();
    }

    @Override
    default String subPath() {
        return sent().subPath();
    }

    @Override
    default String mountPath() {
        return sent().mountPath();
    }

    @Override
    default String query() {
        return sent().query();
    }

    @Override
    default Optional<String> findHeader(String name) {
        return sent().findHeader(name);
    }

    @Override
    default List<String> headers(String name) {
        return sent().headers(name);
    }

    @Override
    default List<HttpHeader> headers() {
        return sent().headers();
    }

    @Override
    default Buffer body() {
        return sent().body();
    }

    @Override
    default String requestId() {
        return sent().requestId();
    }

    @Override
    default String remoteAddress() {
        return sent().remoteAddress();
    }

    @Override
    default String origin() {
        return sent().origin();
    }

    @Override
    default boolean abandoned() {
        return sent().abandoned();
    }

    @Override
    default void whenAbandoned(Runnable action) {
        sent().whenAbandoned(action);
    }

    @Override
    default void runsAs(Role role) {
        sent().runsAs(role);
    }
}
