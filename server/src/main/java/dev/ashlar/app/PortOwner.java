package dev.ashlar.app;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds who listens on a TCP port, as far as the system tells us: on Linux from `/proc`.
final class PortOwner {
    private static final String LISTENING = "0A";

    private PortOwner() {}

    /// Such as `process 4711 (java)`.
    static Optional<String> find(int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            sockets.addAll(listeners(Path.of(table), port));
        }
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> holds(process, sockets))
                    .findFirst()
                    .map(PortOwner::describe);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// The inodes of listening sockets: the tenth column of proc_net_tcp(5).
    private static Set<String> listeners(Path table, int port) {
        Set<String> inodes = new HashSet<>();
        String suffix = ":%04X".formatted(port);
        try (Stream<String> lines = Files.lines(table)) {
            lines.map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns.length > 9)
                    .filter(columns -> columns[1].toUpperCase(Locale.ROOT).endsWith(suffix))
                    .filter(columns -> columns[3].equals(LISTENING))
                    .forEach(columns -> inodes.add("socket:[" + columns[9] + "]"));
        } catch (IOException _) {
            // Not Linux, or not allowed: then nobody is named.
        }
        return inodes;
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : open) {
                if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
        } catch (IOException _) {
            // Another user's process, or one that just ended.
        }
        return false;
    }

    private static String describe(Path process) {
        String name = "";
        try {
            name = " (" + Files.readString(process.resolve("comm")).strip() + ")";
        } catch (IOException _) {
            // It ended meanwhile; its number may still help.
        }
        return "process " + process.getFileName() + name;
    }
}
