package dev.ashlar.backend.embedded;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Clears what a killed server or a killed Ashlar left behind on a cluster: a server still running,
/// sessions that outlived their server, a `postmaster.pid` whose number is another program's by
/// now.
///
/// Only called by the holder of [DataLock], so what is found is nobody's. Shared memory is left to
/// PostgreSQL, which finds its old segment by the directory's inode and removes it when unused.
final class LeftOvers {
    private static final Path PROC = Path.of("/proc");
    private static final Duration ABORT = Duration.ofSeconds(10);

    private final Path cluster;
    private final Consumer<String> progress;

    LeftOvers(Path cluster, Consumer<String> progress) {
        this.cluster = cluster;
        this.progress = progress;
    }

    void clear(Duration stopTimeout) throws IOException {
        Optional<PostmasterFile> file = PostmasterFile.find(cluster);
        if (file.isPresent()) {
            stopPostmaster(file.get().pid(), stopTimeout);
        }
        for (ProcessHandle orphan : serversOfCluster()) {
            progress.accept("Ending a left-over PostgreSQL process (" + orphan.pid() + ")");
            end(orphan, Signal.QUIT, ABORT);
        }
        removeMisleadingFile();
    }

    private void stopPostmaster(long pid, Duration stopTimeout) throws IOException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty() || !servesCluster(process.get())) {
            return;
        }
        progress.accept("Stopping a PostgreSQL left running by a killed Ashlar (" + pid + ")");
        if (!end(process.get(), Signal.INT, stopTimeout)
                && !end(process.get(), Signal.QUIT, ABORT)) {
            throw new EmbeddedPostgresException(
                    "A PostgreSQL server (process %d) still uses %s and does not stop. End it, then start again."
                            .formatted(pid, cluster));
        }
    }

    private boolean end(ProcessHandle process, Signal signal, Duration patience) {
        signal.send(process.pid());
        if (hasLeft(process, patience)) {
            return true;
        }
        // A session may be killed: the server that would have to clean up after it is gone.
        return signal == Signal.QUIT && process.destroyForcibly() && hasLeft(process, ABORT);
    }

    /// Not the same as its end: in a container without an init process a dead orphan is never
    /// collected and counts as alive.
    private boolean hasLeft(ProcessHandle process, Duration patience) {
        return Waiting.until(() -> !servesCluster(process), patience);
    }

    /// Processes of PostgreSQL that work in this cluster: every one of them stays in its directory.
    private List<ProcessHandle> serversOfCluster() throws IOException {
        List<ProcessHandle> found = new ArrayList<>();
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return found;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : processes) {
                long pid = Long.parseLong(entry.getFileName().toString());
                ProcessHandle.of(pid).filter(this::servesCluster).ifPresent(found::add);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    private boolean servesCluster(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        Path entry = PROC.resolve(Long.toString(process.pid()));
        try {
            if (Files.isDirectory(entry)) {
                String program = Files.readSymbolicLink(entry.resolve("exe")).toString();
                return program.replace(" (deleted)", "").endsWith("/postgres")
                        && Files.isSameFile(entry.resolve("cwd"), cluster);
            }
        } catch (IOException e) {
            // Gone meanwhile, or another user's and therefore not on a cluster of ours.
            return false;
        }
        // macOS has no /proc; the command line of the same user's processes can be read.
        ProcessHandle.Info info = process.info();
        return info.command().filter(command -> command.endsWith("/postgres")).isPresent()
                && info.commandLine().filter(line -> line.contains(cluster.toString())).isPresent();
    }

    /// PostgreSQL trusts a process number that is alive, whoever's it is, and would not start. The
    /// number of a dead one it clears itself, with a check of shared memory besides; so that is
    /// left to it.
    private void removeMisleadingFile() throws IOException {
        Optional<PostmasterFile> file = PostmasterFile.find(cluster);
        if (file.isPresent() && isAlive(file.get().pid())) {
            progress.accept("Removing the trace of a PostgreSQL that no longer runs");
            Files.deleteIfExists(PostmasterFile.in(cluster));
        }
    }

    /// On Linux a thread's number counts as well, as it does for `kill(2)`.
    private static boolean isAlive(long pid) {
        return Files.exists(PROC.resolve(Long.toString(pid)))
                || ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
