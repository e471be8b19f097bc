package dev.ashlar.app.cli;

import dev.ashlar.app.Config;
import dev.ashlar.app.SignInRun;
import dev.ashlar.app.SigningKeys;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.keys.SigningKey;
import dev.ashlar.auth.token.ApiKeys;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ashlar keys`.
@Command(
        name = "keys",
        description = {
            "Print the two API keys, as lines for a shell or an .env file; or work on signing keys.",
            "The anon key may stand in a page. The service_role key passes over row-level security:"
                    + " keep it on servers."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ashlar keys >> .env",
            "  ashlar keys list",
            "  ashlar keys rotate"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class KeysCommand implements Runnable {
    static final Visitor VISITOR = new Visitor("", "ashlar command");

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

    @Command(
            name = "list",
            description = "List the keys that access tokens are signed with.",
            mixinStandardHelpOptions = true)
    void list(@Mixin SignInOptions signIn) {
        try (SignInRun run = signIn.open(spec.commandLine().getErr())) {
            print(run.ask(domain -> domain.keys().all()));
        }
    }

    @Command(
            name = "rotate",
            description = {
                "Let the standby key sign from now on, and make a new standby.",
                "Tokens of the former key are good until they expire: nobody is signed out."
            },
            mixinStandardHelpOptions = true)
    void rotate(@Mixin SignInOptions signIn) {
        try (SignInRun run = signIn.open(spec.commandLine().getErr())) {
            print(run.ask(domain -> domain.keys().rotate(VISITOR)));
        }
    }

    @Command(
            name = "revoke",
            description = {
                "Accept no token under this key any more.",
                "For the current key, the standby takes its place; clients refresh their tokens."
            },
            mixinStandardHelpOptions = true)
    void revoke(
            @Mixin SignInOptions signIn,
            @Parameters(paramLabel = "KID", description = "The key, as `keys list` shows it.")
                    String id) {
        try (SignInRun run = signIn.open(spec.commandLine().getErr())) {
            print(run.ask(domain -> domain.keys().revoke(id, VISITOR)));
        }
    }

    private void print(List<SigningKey> keys) {
        PrintWriter out = spec.commandLine().getOut();
        if (keys.isEmpty()) {
            out.println("Tokens are signed with the server's secret (auth.signing-algorithm).");
        }
        keys.forEach(key ->
                out.println(
                        "%s  %-6s %-9s %s"
                                .formatted(
                                        key.id(),
                                        key.algorithm(),
                                        key.status().name().toLowerCase(Locale.ROOT),
                                        since(key))));
        out.flush();
    }

    private static String since(SigningKey key) {
        Instant retired = key.retiredAt();
        Instant activated = key.activatedAt();
        Instant at = retired == null ? or(activated, key.createdAt()) : retired;
        return "since " + at.truncatedTo(ChronoUnit.SECONDS);
    }

    private static Instant or(@Nullable Instant at, Instant other) {
        return at == null ? other : at;
    }
}
