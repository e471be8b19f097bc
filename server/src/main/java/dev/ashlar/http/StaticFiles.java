package dev.ashlar.http;

import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Serves the files of one folder, and of nothing above it; `index.html` stands for its folder.
///
/// A name from the request is never resolved by hope: each segment is checked, links are followed
/// and the true path must lie in the folder, and hidden files do not exist. Files are read on a
/// virtual thread and small ones kept in memory until they change.
public final class StaticFiles implements HttpHandler {
    private static final long LARGEST_FILE = 32L << 20;
    private static final long LARGEST_CACHED = 1L << 20;
    private static final long CACHE_BYTES = 32L << 20;

    private final Path folder;
    private final BlockingCalls blocking;
    private final String cacheControl;
    private final Map<Path, StaticFile> cache = new LinkedHashMap<>(16, 0.75f, true);
    private long cachedBytes;

    /// Answers may be kept for `maxAge`; zero makes browsers ask each time whether they are
    /// current. Throws when there is no such folder.
    public StaticFiles(Path folder, Duration maxAge, BlockingCalls blocking) {
        try {
            this.folder = folder.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot serve " + folder, e);
        }
        this.blocking = blocking;
        this.cacheControl = maxAge.isZero() ? "no-cache" : "public, max-age=" + maxAge.toSeconds();
    }

    @Override
    public Future<HttpResponse> handle(HttpRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return Future.succeededFuture(
                    AllowedMethods.of(List.of("GET")).refuse(request, PlainProblems.RENDERER));
        }
        return blocking.run(request, this::serve);
    }

    private HttpResponse serve(HttpRequest request) {
        StaticFile file =
                findPath(request.subPath())
                        .flatMap(this::find)
                        .orElseThrow(() ->
                                new ProblemException(
                                        new RequestProblem.PathInvalid(request.path())));
        HttpResponse response = file.isCurrent(request) ? HttpResponse.empty(304) : file.response();
        return response.withHeader("ETag", file.tag())
                .withHeader("Last-Modified", HttpDate.format(file.modified()))
                .withHeader("Cache-Control", cacheControl);
    }

    /// The file meant by a path below the mount; empty when no file may be meant by it.
    private Optional<Path> findPath(String subPath) {
        Path path = folder;
        for (String segment : RouteTemplate.segments(subPath)) {
            if (segment.isEmpty()) {
                continue;
            }
            String name = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (name.startsWith(".") || !isPlain(name)) {
                return Optional.empty();
            }
            path = path.resolve(name);
        }
        return Optional.of(Files.isDirectory(path) ? path.resolve("index.html") : path);
    }

    private static boolean isPlain(String name) {
        return name.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || c < ' ');
    }

    private Optional<StaticFile> find(Path path) {
        try {
            Path real = path.toRealPath();
            if (!real.startsWith(folder) || !Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            Instant modified = Files.getLastModifiedTime(real).toInstant();
            long size = Files.size(real);
            StaticFile known = cached(real);
            if (known != null && known.modified().equals(modified) && known.size() == size) {
                return Optional.of(known);
            }
            if (size > LARGEST_FILE) {
                return Optional.empty();
            }
            StaticFile loaded = StaticFile.load(real, modified);
            keep(real, loaded);
            return Optional.of(loaded);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private @Nullable StaticFile cached(Path path) {
        synchronized (cache) {
            return cache.get(path);
        }
    }

    /// The files asked for longest ago make room.
    private void keep(Path path, StaticFile file) {
        if (file.size() > LARGEST_CACHED) {
            return;
        }
        synchronized (cache) {
            StaticFile former = cache.put(path, file);
            cachedBytes += file.size() - (former == null ? 0 : former.size());
            var oldest = cache.entrySet().iterator();
            while (cachedBytes > CACHE_BYTES) {
                cachedBytes -= oldest.next().getValue().size();
                oldest.remove();
            }
        }
    }
}
