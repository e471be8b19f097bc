package dev.ashlar.backend.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A second JVM that starts the server of a data directory and holds it until it is killed.
final class OtherAshlar implements AutoCloseable {
    private final Process process;
    private final long postgresPid;

    private OtherAshlar(Process process, long postgresPid) {
        this.process = process;
        this.postgresPid = postgresPid;
    }

    /// The second JVM's program: prints the server's process number, then waits.
    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedPostgres server =
                EmbeddedPostgres.start(
                        Scratch.config(), Path.of(arguments[0]), Scratch.PASSWORD, _ -> {});
        System.out.println("pid " + server.pid());
        Thread.sleep(TimeUnit.MINUTES.toMillis(5));
    }

    static OtherAshlar start(Scratch scratch) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                OtherAshlar.class.getName(),
                                scratch.data().toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (line == null || !line.startsWith("pid ")) {
            throw new IOException("the other Ashlar said: " + line);
        }
        return new OtherAshlar(process, Long.parseLong(line.substring(4)));
    }

    long pid() {
        return process.pid();
    }

    ProcessHandle postgres() {
        return ProcessHandle.of(postgresPid).orElseThrow();
    }

    /// As `kill -9` does.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        ProcessHandle.of(postgresPid)
                .ifPresent(postgres -> Waiting.forExit(postgres, Duration.ofSeconds(20)));
    }
}
