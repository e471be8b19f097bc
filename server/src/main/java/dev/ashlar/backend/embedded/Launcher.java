package dev.ashlar.backend.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs PostgreSQL's programs: as an unprivileged user, with an empty environment, in a session of
/// their own (so that Ctrl-C reaches Ashlar alone, which then stops them in order), and told to
/// stop when this process dies.
final class Launcher {
    private static final List<String> TOOL_DIRECTORIES =
            List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");
    private static final String PATH = String.join(":", TOOL_DIRECTORIES);
    private static final int PROBE_SECONDS = 20;

    private final OsUser user;
    private final List<String> prefix;

    private Launcher(OsUser user, List<String> prefix) {
        this.user = user;
        this.prefix = List.copyOf(prefix);
    }

    static Launcher as(OsUser user, Platform platform) {
        boolean switching = OsUser.current().isRoot();
        if (switching && !platform.isLinux()) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL refuses to run as root. Start Ashlar as an ordinary user.");
        }
        List<String> session = tool("setsid");
        List<String> setpriv = tool("setpriv");
        List<String> privileges = new ArrayList<>(setpriv);
        if (switching) {
            privileges.add("--reuid=" + user.uid());
            privileges.add("--regid=" + user.gid());
            privileges.add("--clear-groups");
        }
        List<String> mortal = new ArrayList<>(session);
        mortal.addAll(privileges);
        mortal.add("--pdeathsig=INT");
        if (!setpriv.isEmpty()) {
            Launcher launcher = new Launcher(user, mortal);
            Outcome outcome = launcher.probe(List.of("/bin/sh", "-c", ":"));
            if (outcome.status() == 0) {
                return launcher;
            }
            if (switching) {
                throw new EmbeddedPostgresException(
                        "PostgreSQL refuses to run as root, and switching to user %s failed: %s. Start Ashlar as an ordinary user, or set database.url."
                                .formatted(user.name(), outcome.output()));
            }
        } else if (switching) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL refuses to run as root, and setpriv, which switches to user %s, is missing. Install util-linux, or start Ashlar as an ordinary user."
                            .formatted(user.name()));
        }
        // Without setpriv (macOS, BusyBox) a server whose Ashlar was killed is stopped by the next
        // start instead.
        return new Launcher(user, session);
    }

    private static List<String> tool(String name) {
        for (String directory : TOOL_DIRECTORIES) {
            Path path = Path.of(directory, name);
            if (Files.isExecutable(path)) {
                return List.of(path.toString());
            }
        }
        return List.of();
    }

    OsUser user() {
        return user;
    }

    /// Whether the server's user can reach a path by its full name. `/root`, for one, lets nobody
    /// else pass.
    boolean reaches(Path path) {
        List<String> test = List.of("/bin/sh", "-c", "test -x \"$1\"", "sh", path.toString());
        return probe(test).status() == 0;
    }

    /// A command in a directory, its error output joined to its output.
    ProcessBuilder command(Path directory, List<String> command) {
        List<String> full = new ArrayList<>(prefix);
        full.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(full).directory(directory.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        // Nothing of ours (secrets, PGDATA, LD_PRELOAD) reaches the server.
        environment.clear();
        environment.put("PATH", PATH);
        environment.put("LC_ALL", "C");
        return builder;
    }

    /// Runs a command that ends by itself within the bound, and keeps the end of what it said.
    Outcome run(Path directory, List<String> command, int seconds) {
        try {
            Path output = Files.createTempFile("ashlar-", ".out");
            try {
                Process process =
                        command(directory, command).redirectOutput(output.toFile()).start();
                process.getOutputStream().close();
                if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return new Outcome(-1, "no answer within " + seconds + " seconds");
                }
                String text = Files.readString(output, StandardCharsets.ISO_8859_1);
                return new Outcome(process.exitValue(), text.strip());
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            return new Outcome(-1, FileTree.reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(-1, "interrupted");
        }
    }

    private Outcome probe(List<String> command) {
        return run(Path.of("/"), command, PROBE_SECONDS);
    }

    /// How a command ended; -1 when it could not be run to its end.
    record Outcome(int status, String output) {}
}
