package dev.ashlar.app.cli;

import dev.ashlar.app.App;
import dev.ashlar.app.Config;
import dev.ashlar.app.Lifecycle;
import dev.ashlar.app.Project;
import dev.ashlar.app.Site;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a command line asks `serve` for.
///
/// @param example the app of `examples/` to serve
public record ServeLine(
        ChosenSettings chosen,
        Optional<String> port,
        Optional<String> host,
        Optional<String> example,
        Output output) {

    /// What is printed.
    public enum Output {
        ALL,
        WARNINGS
    }

    /// Reads the usual ways to write `serve` and its options without picocli, whose classes are too
    /// old for the JVM's cache and cost a fifth of a start. Empty is for [CommandLineTool]:
    /// whatever is another command, asks for help, is written in an unusual way or cannot be
    /// understood.
    public static Optional<ServeLine> find(List<String> arguments) {
        return new ServeLineReader(arguments).read();
    }

    /// Serves until asked to stop; the exit status.
    public int run() {
        try {
            serve(new PrintWriter(System.out, true, System.out.charset()));
            return 0;
        } catch (RuntimeException e) {
            PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
            Failures.tell(e, err);
            return CommandLineTool.FAILED;
        }
    }

    void serve(PrintWriter out) {
        long began = System.nanoTime();
        Project project = chosen.project();
        Config config = chosen.load(flags()).config();
        Site site =
                example.map(name -> Site.ofExample(project, name))
                        .orElseGet(() -> Site.of(project));
        Lifecycle lifecycle = new Lifecycle(config);
        lifecycle.handleSignals();
        try (App app = App.start(config, site, step -> progress(out, step))) {
            if (output == Output.ALL && !lifecycle.stopping()) {
                long millis = (System.nanoTime() - began) / 1_000_000;
                out.print(Banner.text(app, config, site, millis));
                out.flush();
            }
            lifecycle.serve(app);
        }
    }

    private void progress(PrintWriter out, String step) {
        if (output == Output.ALL) {
            out.println("  " + step);
            out.flush();
        }
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        port.ifPresent(number -> flags.put("http.port", number));
        host.ifPresent(address -> flags.put("http.host", address));
        if (output == Output.WARNINGS) {
            flags.put("log.level", "warn");
            flags.put("log.access", "off");
        }
        return flags;
    }
}
