package dev.ashlar.backend.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `postmaster.pid`, in which a server says its process number, its port on the fourth line, its
/// socket's directory on the fifth and, since PostgreSQL 10, its state on the eighth (`starting`,
/// `ready`, `stopping`). See `src/include/utils/pidfile.h`.
record PostmasterFile(long pid, String port, String socketDirectory, String status) {
    private static final int PORT_LINE = 3;
    private static final int SOCKET_LINE = 4;
    private static final int STATUS_LINE = 7;

    static Path in(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    static Optional<PostmasterFile> find(Path cluster) {
        try {
            return parse(Files.readString(in(cluster), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Empty for a file that a crash left empty or damaged.
    static Optional<PostmasterFile> parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().strip().matches("-?\\d{1,10}")) {
            return Optional.empty();
        }
        // A negative number marks a server in single-user mode.
        long pid = Math.abs(Long.parseLong(lines.getFirst().strip()));
        return Optional.of(
                new PostmasterFile(
                        pid,
                        line(lines, PORT_LINE),
                        line(lines, SOCKET_LINE),
                        line(lines, STATUS_LINE)));
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index).strip() : "";
    }

    boolean isReady() {
        return status.equals("ready");
    }
}
