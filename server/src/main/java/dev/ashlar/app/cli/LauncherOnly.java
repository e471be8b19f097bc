package dev.ashlar.app.cli;

import dev.ashlar.app.StartFailure;

/// Refuses what needs the sources, when the program was started without its launcher.
final class LauncherOnly {
    private LauncherOnly() {}

    static StartFailure refusal(String command) {
        return new StartFailure(
                "`" + command + "` needs the sources.", "Run ./ashlar " + command + " in a clone.");
    }
}
