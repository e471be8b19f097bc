package dev.ashlar.app.cli;

import dev.ashlar.app.Version;
import dev.ashlar.config.NearestName;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// All commands, and what failures look like to people.
@Command(
        name = "ashlar",
        description = "The whole application backend in one process.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = CommandLineTool.VersionLine.class,
        mixinStandardHelpOptions = true,
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Exit status: 0 done, 1 failed, 2 not understood.",
            "`ashlar help COMMAND` tells more about one."
        },
        subcommands = {
            ServeCommand.class,
            PostgrestCommand.class,
            MigrateCommand.class,
            PolicyCommand.class,
            KeysCommand.class,
            UserCommand.class,
            AuditCommand.class,
            ExposureCommand.class,
            ImportCommand.class,
            ConfigCommand.class,
            TestCommand.class,
            CheckCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class,
            TrainCommand.class
        })
public final class CommandLineTool implements Runnable {
    static final int FAILED = 1;
    static final int NOT_UNDERSTOOD = 2;

    @Spec private CommandSpec spec;

    /// picocli fills the fields.
    @SuppressWarnings("NullAway.Init")
    CommandLineTool() {}

    /// Runs one command and answers its exit status.
    public static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new CommandLineTool())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(CommandLineTool::notUnderstood)
                .setExecutionExceptionHandler(CommandLineTool::failed);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int notUnderstood(ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println("ashlar: " + e.getMessage());
        suggestions(e).forEach(err::println);
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        err.println("`" + command + " --help` shows what it takes.");
        return NOT_UNDERSTOOD;
    }

    /// The commands and options that were probably meant.
    private static List<String> suggestions(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return List.of();
        }
        CommandSpec command = e.getCommandLine().getCommandSpec();
        List<String> names = new ArrayList<>(command.optionsMap().keySet());
        names.addAll(command.subcommands().keySet());
        return unmatched.getUnmatched().stream()
                .flatMap(written -> NearestName.find(written, names).stream())
                .map(name -> "Did you mean " + name + "?")
                .toList();
    }

    private static int failed(Exception e, CommandLine commandLine, ParseResult result) {
        PrintWriter err = commandLine.getErr();
        Failures.tell(e, err);
        if (isVerbose(result)) {
            e.printStackTrace(err);
        }
        err.flush();
        return FAILED;
    }

    private static boolean isVerbose(ParseResult result) {
        for (ParseResult at = result; at != null; at = at.subcommand()) {
            if (at.hasMatchedOption("--verbose")) {
                return true;
            }
        }
        return false;
    }

    /// `--version`.
    static final class VersionLine implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"ashlar " + Version.current()};
        }
    }
}
