package dev.ashlar.app.cli;

import dev.ashlar.app.SignInRun;
import dev.ashlar.app.StartFailure;
import dev.ashlar.auth.UserImport;
import dev.ashlar.auth.transfer.FirebaseHashing;
import dev.ashlar.auth.transfer.ImportedUser;
import dev.ashlar.auth.transfer.UserFile;
import dev.ashlar.auth.transfer.UserLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ashlar import`.
@Command(
        name = "import",
        description = "Take over what another system exports.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ashlar import users users.csv --dry-run"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ImportCommand implements Runnable {
    private static final int REPORTED_EVERY = 1_000;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "users",
            description = {
                "Import users from CSV (plain, or auth.users of Supabase), a dump of Supabase's",
                "auth.users and auth.identities (SQL, as pg_dump writes it), or Firebase's JSON.",
                "Users that are there already are left alone: an import can be run again."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  ashlar import users users.csv --dry-run",
                "  ashlar import users dump.sql",
                "  ashlar import users firebase.json --hash-config hash-config.txt",
                "",
                "Exit status: 0 all are there, 3 some lines were not imported (they are listed)."
            })
    int users(
            @Mixin SignInOptions signIn,
            @Parameters(paramLabel = "FILE", description = "The exported file.") Path file,
            @Option(names = "--dry-run", description = "Check every line, and write nothing.")
                    boolean dryRun,
            @Option(
                            names = "--hash-config",
                            paramLabel = "FILE",
                            description =
                                    "The password hash parameters that the Firebase console shows.")
                    @Nullable Path hashConfig) {
        List<UserLine> lines = read(file, hashConfig);
        Tally tally = new Tally();
        try (SignInRun run = signIn.open(spec.commandLine().getErr())) {
            for (UserLine line : lines) {
                take(run, line, dryRun ? Mode.CHECK : Mode.ADD, tally);
                if (tally.seen() % REPORTED_EVERY == 0) {
                    say(spec.commandLine().getErr(), "  " + tally.seen() + " of " + lines.size());
                }
            }
        }
        say(
                spec.commandLine().getOut(),
                "%s %d, already there %d, not imported %d"
                        .formatted(
                                dryRun ? "would add" : "added",
                                tally.added,
                                tally.present,
                                tally.failed));
        return tally.failed == 0 ? 0 : AuditCommand.BROKEN;
    }

    private enum Mode {
        CHECK,
        ADD
    }

    private void take(SignInRun run, UserLine line, Mode mode, Tally tally) {
        switch (line) {
            case UserLine.Faulty(int place, String reason) -> failed(tally, place, reason);
            case UserLine.Read(int place, ImportedUser user) -> {
                try {
                    switch (run.ask(domain -> outcome(domain.userImport(), user, mode))) {
                        case ADDED -> tally.added++;
                        case ALREADY_THERE -> tally.present++;
                    }
                } catch (StartFailure e) {
                    failed(tally, place, String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private static UserImport.Outcome outcome(UserImport users, ImportedUser user, Mode mode) {
        if (mode == Mode.ADD) {
            return users.add(SignInRun.admin(), user, KeysCommand.VISITOR);
        }
        users.check(SignInRun.admin(), user);
        return UserImport.Outcome.ADDED;
    }

    private void failed(Tally tally, int place, String reason) {
        tally.failed++;
        say(spec.commandLine().getErr(), "  line " + place + ": " + reason);
    }

    private static List<UserLine> read(Path file, @Nullable Path hashConfig) {
        try {
            Optional<FirebaseHashing> hashing =
                    hashConfig == null
                            ? Optional.empty()
                            : Optional.of(FirebaseHashing.parse(Files.readString(hashConfig)));
            return UserFile.read(Files.readString(file), hashing);
        } catch (IOException e) {
            throw new StartFailure(
                    "The file cannot be read: " + e.getMessage(), "It must be text in UTF-8.", e);
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    "The file cannot be used: " + e.getMessage(),
                    "`ashlar import users --help` tells what is understood.",
                    e);
        }
    }

    private static void say(PrintWriter to, String line) {
        to.println(line);
        to.flush();
    }

    private static final class Tally {
        private int added;
        private int present;
        private int failed;

        int seen() {
            return added + present + failed;
        }
    }
}
