package dev.ashlar.app.cli;

import dev.ashlar.app.SignInRun;
import dev.ashlar.app.Site;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Mixin;

/// The options of commands that work on accounts, keys and the audit log.
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class SignInOptions {
    @Mixin private SettingOptions settings;

    SignInRun open(PrintWriter remarks) {
        return SignInRun.open(
                settings.load(Map.of()).config(),
                Site.of(settings.project()),
                text -> remarks.println("  " + text));
    }
}
