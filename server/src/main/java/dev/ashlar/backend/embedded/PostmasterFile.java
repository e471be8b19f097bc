package dev.ashlar.backend.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `postmaster.pid`, in which a server says its process number and, since PostgreSQL 10, its state
/// on the eighth line (`starting`, `ready`, `stopping`). See `src/include/utils/pidfile.h`.
record PostmasterFile(long pid, String status) {
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
        String status = lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).strip() : "";
        return Optional.of(new PostmasterFile(pid, status));
    }

    boolean isReady() {
        return status.equals("ready");
    }
}
