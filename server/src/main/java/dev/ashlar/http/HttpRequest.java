package dev.ashlar.http;

import dev.ashlar.identity.Role;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/// A request whose body has been read whole, within the limits of the server.
public interface HttpRequest {
    /// Upper case.
    String method();

    /// As sent, still percent-encoded, without the query, starting with a slash.
    String path();

    /// The part of the path below the mount that answers, starting with a slash; the whole path
    /// outside of a mount.
    default String subPath() {
        return path();
    }

    /// The prefix of the mount that answers, such as `/rest/v1`; empty outside of a mount.
    default String mountPath() {
        return "";
    }

    /// As sent, still percent-encoded, without the question mark; empty when there is none.
    String query();

    /// The first header of that name, in any case.
    Optional<String> findHeader(String name);

    List<String> headers(String name);

    /// All header lines, in the order in which they came.
    List<HttpHeader> headers();

    /// Empty when there is none.
    Buffer body();

    /// Given by the caller in `X-Request-Id` if it is well-formed, else made here.
    String requestId();

    /// The address of the caller: of the socket, or as told by a trusted proxy.
    String remoteAddress();

    /// `http` or `https`, and the host and port that the caller used, such as
    /// `https://api.example.com`.
    String origin();

    /// True once nobody waits for the answer any more: the caller went away or the time is over.
    default boolean abandoned() {
        return false;
    }

    /// Runs the action once nobody waits for the answer any more, on the thread that finds out; at
    /// once when that is so already. Never when the handler's answer came first.
    default void whenAbandoned(Runnable action) {}

    /// Tells the access log which role the request runs as.
    default void runsAs(Role role) {}
}
