package dev.ashlar.app.cli;

import dev.ashlar.app.Config;
import dev.ashlar.app.SigningKeys;
import dev.ashlar.auth.token.ApiKeys;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `ashlar keys`.
@Command(
        name = "keys",
        description = {
            "Print the two API keys, as lines for a shell or an .env file.",
            "The anon key may stand in a page. The service_role key passes over row-level security:"
                    + " keep it on servers."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ashlar keys >> .env"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class KeysCommand implements Runnable {
    @Spec private CommandSpec spec;
    @Mixin private SettingOptions options;

    @Override
    public void run() {
        Config config = options.load(Map.of()).config();
        ApiKeys keys = SigningKeys.of(config).apiKeys();
        PrintWriter out = spec.commandLine().getOut();
        out.println("ASHLAR_ANON_KEY=" + keys.anon());
        out.println("ASHLAR_SERVICE_ROLE_KEY=" + keys.serviceRole().reveal());
    }
}
