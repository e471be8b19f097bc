package dev.ashlar.backend.embedded;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Signals that the JDK cannot send; the shell's built-in `kill` can, wherever there is a shell.
enum Signal {
    /// Fast shutdown: sessions are ended, then a checkpoint is written.
    INT,
    /// Immediate shutdown: no checkpoint; the next start recovers from the log.
    QUIT;

    private static final int SECONDS = 10;

    /// Does nothing when the process is gone.
    void send(long pid) {
        try {
            Process shell =
                    new ProcessBuilder(
                                    "/bin/sh",
                                    "-c",
                                    "kill -" + name() + " \"$1\"",
                                    "sh",
                                    Long.toString(pid))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!shell.waitFor(SECONDS, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (IOException e) {
            // Without a shell the caller's next step, ending the process by force, still works.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
