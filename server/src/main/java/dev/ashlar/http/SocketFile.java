package dev.ashlar.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// A Unix socket that is listened on: the one that an earlier run left is taken away, and its
/// rights are set.
final class SocketFile {
    private SocketFile() {}

    static Future<HttpServer> listen(HttpServer server, HttpConfig config) {
        Path file = Path.of(config.host());
        try {
            removeLeftOver(file);
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
        return server.listen(SocketAddress.domainSocketAddress(config.host()))
                .onSuccess(_ -> allow(file, config.socketMode()));
    }

    /// Anything but a socket is somebody's file, and stays.
    private static void removeLeftOver(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isOther()) {
            Files.delete(file);
        }
    }

    private static void allow(Path file, String mode) {
        int bits = Integer.parseInt(mode, 8);
        PosixFilePermission[] order = PosixFilePermission.values();
        Set<PosixFilePermission> rights = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < order.length; i++) {
            // Declared from the owner's right to read to others' right to execute.
            if ((bits & (1 << (order.length - 1 - i))) != 0) {
                rights.add(order[i]);
            }
        }
        try {
            Files.setPosixFilePermissions(file, rights);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
