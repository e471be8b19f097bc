package dev.ashlar.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `ashlar test`, which the launcher does itself; here so that it is listed and explained.
@Command(
        name = "test",
        description = {
            "Run every test: unit tests and guards, integration tests on the embedded PostgreSQL, and"
                    + " black-box tests of the packaged program with supabase-js and Chromium.",
            "Installs Chromium from the system's packages when it is missing and may."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./ashlar test --unit"})
@SuppressWarnings("UnusedVariable") // the launcher reads the options
final class TestCommand implements Runnable {
    @Option(
            names = "--fuzz",
            description = "Only random requests through parser, planner and SQL; see bench/fuzz.")
    private boolean fuzz;

    @Option(names = "--unit", description = "Only unit tests and guards (seconds).")
    private boolean unit;

    @Option(names = "--java", description = "Everything but the black-box tests.")
    private boolean java;

    @Option(names = "--blackbox", description = "Only the black-box tests.")
    private boolean blackbox;

    @Override
    public void run() {
        throw LauncherOnly.refusal("test");
    }
}
