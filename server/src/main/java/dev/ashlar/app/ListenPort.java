package dev.ashlar.app;

import dev.ashlar.http.HttpConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/// Checks that the port can be listened on before anything else is started, since a database takes
/// longer to start and stop than to find out.
final class ListenPort {
    private ListenPort() {}

    static void requireFree(HttpConfig config) {
        if (config.onSocketFile() || config.reusePort()) {
            return;
        }
        requireFree(config, config.port());
        requireFree(config, config.tls().redirectPort());
    }

    private static void requireFree(HttpConfig config, int port) {
        if (port == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(config.host()), port));
        } catch (BindException e) {
            throw refused(config, port, e);
        } catch (UnknownHostException e) {
            throw new StartFailure(
                    "http.host " + config.host() + " is not an address of this machine.",
                    "127.0.0.1 serves this machine only, 0.0.0.0 every network it is in.",
                    e);
        } catch (IOException e) {
            throw refused(config, port, e);
        }
    }

    private static StartFailure refused(HttpConfig config, int port, IOException cause) {
        String where = "Port %d on %s".formatted(port, config.host());
        String reason = String.valueOf(cause.getMessage());
        if (reason.contains("in use")) {
            String owner = PortOwner.find(port).map(found -> " by " + found).orElse("");
            return new StartFailure(
                    where + " is in use" + owner + ".",
                    "Stop that, or choose another port: "
                            + (port == config.port() ? "--port " : "http.tls.redirect-port ")
                            + next(port),
                    cause);
        }
        String advice =
                port < 1024
                        ? "Ports below 1024 need rights of their own; take a higher one, such as 8000"
                        : "Choose another with --port and --host.";
        return new StartFailure(where + " cannot be opened: " + reason + ".", advice, cause);
    }

    private static int next(int port) {
        return port < 65_535 ? port + 1 : port - 1;
    }
}
