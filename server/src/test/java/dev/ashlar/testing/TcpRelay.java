package dev.ashlar.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A port of this machine whose connections lead to a Unix socket, so that a server that has only
/// that is reached as over a network; knows which connections are open.
public final class TcpRelay implements AutoCloseable {
    private final ServerSocket server;
    private final Path target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private TcpRelay(ServerSocket server, Path target) {
        this.server = server;
        this.target = target;
    }

    public static TcpRelay to(Path socketFile) {
        return to(socketFile, 0);
    }

    /// On a port that another relay had.
    public TcpRelay again() {
        return to(target, port());
    }

    private static TcpRelay to(Path socketFile, int port) {
        try {
            TcpRelay relay =
                    new TcpRelay(
                            new ServerSocket(port, 50, InetAddress.getLoopbackAddress()),
                            socketFile);
            Thread.ofVirtual().start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /// Connections that neither end has closed.
    public int open() {
        return open.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                open.add(client);
                if (server.isClosed()) {
                    client.close();
                }
                SocketChannel behind = SocketChannel.open(UnixDomainSocketAddress.of(target));
                Thread.ofVirtual().start(() -> forth(client, behind));
                Thread.ofVirtual().start(() -> back(client, behind));
            }
        } catch (IOException _) {
            // Closed, or nobody behind.
        }
    }

    private void forth(Socket client, SocketChannel behind) {
        try (InputStream in = client.getInputStream();
                OutputStream out = Channels.newOutputStream(behind)) {
            in.transferTo(out);
        } catch (IOException _) {
            // One end has gone, and so does the other.
        } finally {
            open.remove(client);
        }
    }

    private void back(Socket client, SocketChannel behind) {
        try (InputStream in = Channels.newInputStream(behind);
                OutputStream out = client.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException _) {
            // As above.
        } finally {
            open.remove(client);
        }
    }

    /// Takes no more, and ends those that are open.
    public void cut() {
        try {
            server.close();
            for (Socket client : open) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
    }
}
