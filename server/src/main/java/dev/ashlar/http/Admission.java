package dev.ashlar.http;

import dev.ashlar.problem.LimitProblem;
import dev.ashlar.problem.Problem;
import dev.ashlar.problem.RequestProblem;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/// What the head of a request tells before anything of its body is read.
final class Admission {
    /// A buffer grows beyond this only as bytes really arrive: the length is the caller's word.
    private static final int LARGEST_FIRST_BUFFER = 4 * 1024;

    private Admission() {}

    /// Null when the request is let in; runs for every request.
    static @Nullable Problem problemWith(
            HttpServerRequest request, String path, HttpConfig config) {
        int lineLimit = (int) config.maxInitialLine().bytes();
        if (request.decoderResult().isFailure()) {
            return problemWith(request.decoderResult().cause(), config);
        }
        if (request.uri().length() > lineLimit) {
            return new LimitProblem.UriTooLong(lineLimit);
        }
        if (!RequestPath.isAcceptable(path)) {
            return new RequestProblem.PathInvalid(path);
        }
        if (request.version() == HttpVersion.HTTP_1_1
                && request.headers().get(HttpHeaders.HOST) == null) {
            return new RequestProblem.BodyMalformed("The Host header is missing");
        }
        return contentLength(request) > config.maxBodySize().bytes()
                ? new LimitProblem.BodyTooLarge(config.maxBodySize().bytes())
                : null;
    }

    private static Problem problemWith(Throwable cause, HttpConfig config) {
        return switch (cause) {
            case TooLongHttpLineException _ ->
                    new LimitProblem.UriTooLong((int) config.maxInitialLine().bytes());
            case TooLongHttpHeaderException _ ->
                    new LimitProblem.HeadersTooLarge((int) config.maxHeaderSize().bytes());
            case Throwable _ ->
                    new RequestProblem.BodyMalformed("The request is not well-formed HTTP");
        };
    }

    /// Whether one may come: HTTP/2 says so by what follows the head, or does not (RFC 9113 section
    /// 8.1), so the end of the request has to be waited for; it is there at once.
    static boolean hasBody(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || contentLength(request) > 0;
    }

    static boolean expectsContinue(HttpServerRequest request) {
        return "100-continue".equalsIgnoreCase(request.headers().get(HttpHeaders.EXPECT));
    }

    static int expectedLength(HttpServerRequest request) {
        return (int) Math.min(contentLength(request), LARGEST_FIRST_BUFFER);
    }

    /// The decoder has refused what is no number.
    private static long contentLength(HttpServerRequest request) {
        String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length.strip());
    }
}
