package dev.ashlar.app.cli;

import picocli.CommandLine.Command;

/// `ashlar check`, which the launcher does itself; here so that it is listed and explained.
@Command(
        name = "check",
        description = "Format the sources, then run guards and unit tests: before each commit.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./ashlar check"})
final class CheckCommand implements Runnable {
    @Override
    public void run() {
        throw LauncherOnly.refusal("check");
    }
}
