package dev.ashlar.app.cli;

import dev.ashlar.app.Config;
import dev.ashlar.config.Bound;
import dev.ashlar.config.ConfigReference;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ashlar config`.
@Command(
        name = "config",
        description = "Print every setting, its value and where it came from; secrets are masked.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ashlar config --set rest.max-rows=500"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ConfigCommand implements Runnable {
    @Spec private CommandSpec spec;
    @Mixin private SettingOptions options;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        var effective = options.load(Map.of()).effective();
        int width = 0;
        for (Bound.Effective line : effective) {
            width = Math.max(width, line.key().name().length() + line.shown().length() + 2);
        }
        for (Bound.Effective line : effective) {
            String setting = line.key().name() + ": " + line.shown();
            String padding = " ".repeat(Math.max(0, Math.min(width, 60) - setting.length()));
            out.println(setting + padding + "  # " + line.origin().describe());
        }
    }

    @Command(
            name = "reference",
            description = "Print the reference of all settings as Markdown.",
            mixinStandardHelpOptions = true)
    void reference() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(ConfigReference.markdown(Config.class, Config.ALIASES));
        out.flush();
    }
}
