package dev.ashlar.app.cli;

import dev.ashlar.app.SignInRun;
import dev.ashlar.app.StartFailure;
import dev.ashlar.auth.AuthDomain;
import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.AdminChange;
import dev.ashlar.auth.account.AdminChange.Confirmation;
import dev.ashlar.auth.account.AdminChange.PasswordChoice;
import dev.ashlar.auth.account.EmailAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ashlar user`.
@Command(
        name = "user",
        description = "Add, list, ban and unban users, and set passwords.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ashlar user add ada@example.com",
            "  ashlar user ban ada@example.com --for 24h",
            "  ashlar user reset-password ada@example.com --password-stdin < secret.txt"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class UserCommand implements Runnable {
    private static final int GENERATED_BYTES = 15;
    private static final int FOR_EVER_YEARS = 100;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "add",
            description = "Add a user whose address counts as confirmed.",
            mixinStandardHelpOptions = true)
    void add(
            @Mixin SignInOptions signIn,
            @Mixin PasswordOption password,
            @Parameters(paramLabel = "EMAIL", description = "The address to sign in by.")
                    String email) {
        String chosen = password.choose();
        try (SignInRun run = signIn.open(spec.commandLine().getErr())) {
            Account account =
                    run.ask(domain ->
                            domain.admin()
                                    .create(
                                            SignInRun.admin(),
                                            change(EmailAddress.parse(email), chosen, null),
                                            KeysCommand.VISITOR));
            say("added " + account.id());
            password.tell(spec.commandLine().getOut(), chosen);
        }
    }

    @Command(
            name = "list",
            description = "List users, the newest first.",
            mixinStandardHelpOptions = true)
    void list(
            @Mixin SignInOptions signIn,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "At most so many (50).")
                    int limit) {
        try (SignInRun run = signIn.open(spec.commandLine().getErr())) {
            run.ask(domain ->
                            domain.admin()
                                    .list(SignInRun.admin(), 0, Math.clamp(limit, 1, 100_000)))
                    .accounts()
                    .forEach(account ->
                            say(
                                    "%s  %s  %s%s"
                                            .formatted(
                                                    account.id(),
                                                    account.moments()
                                                            .createdAt()
                                                            .truncatedTo(ChronoUnit.SECONDS),
                                                    name(account),
                                                    account.moments().bannedUntil() == null
                                                            ? ""
                                                            : "  banned until "
                                                                    + account.moments()
                                                                            .bannedUntil())));
        }
    }

    @Command(
            name = "ban",
            description = "Refuse a user, and end all sessions.",
            mixinStandardHelpOptions = true)
    void ban(
            @Mixin SignInOptions signIn,
            @Parameters(paramLabel = "USER", description = "E-mail address or id.") String user,
            @Option(
                            names = "--for",
                            paramLabel = "TIME",
                            description = "How long, such as 24h; a hundred years when left out.")
                    @Nullable String time) {
        Duration ban = time == null ? Duration.ofDays(365L * FOR_EVER_YEARS) : BanTime.parse(time);
        change(signIn, user, change(null, null, ban), "banned ");
    }

    @Command(
            name = "unban",
            description = "Let a banned user sign in again.",
            mixinStandardHelpOptions = true)
    void unban(
            @Mixin SignInOptions signIn,
            @Parameters(paramLabel = "USER", description = "E-mail address or id.") String user) {
        change(signIn, user, change(null, null, Duration.ZERO), "unbanned ");
    }

    @Command(
            name = "reset-password",
            description = "Set a new password, and end all sessions.",
            mixinStandardHelpOptions = true)
    void resetPassword(
            @Mixin SignInOptions signIn,
            @Mixin PasswordOption password,
            @Parameters(paramLabel = "USER", description = "E-mail address or id.") String user) {
        String chosen = password.choose();
        change(signIn, user, change(null, chosen, null), "changed ");
        password.tell(spec.commandLine().getOut(), chosen);
    }

    private void change(SignInOptions signIn, String user, AdminChange wanted, String done) {
        try (SignInRun run = signIn.open(spec.commandLine().getErr())) {
            Account account =
                    run.ask(domain ->
                            domain.admin()
                                    .update(
                                            SignInRun.admin(),
                                            id(domain, user),
                                            wanted,
                                            KeysCommand.VISITOR));
            say(done + account.id());
        }
    }

    private static UUID id(AuthDomain domain, String user) {
        if (user.contains("@")) {
            return domain.admin()
                    .findByEmail(SignInRun.admin(), EmailAddress.parse(user))
                    .map(Account::id)
                    .orElseThrow(() -> unknown(user));
        }
        try {
            return UUID.fromString(user);
        } catch (IllegalArgumentException _) {
            throw unknown(user);
        }
    }

    private static StartFailure unknown(String user) {
        return new StartFailure(
                "There is no user " + user + ".", "`ashlar user list` shows the newest.");
    }

    private static AdminChange change(
            @Nullable EmailAddress email, @Nullable String password, @Nullable Duration ban) {
        return new AdminChange(
                null,
                email,
                null,
                password == null ? null : new PasswordChoice.Plain(password),
                email == null ? Confirmation.UNCHANGED : Confirmation.CONFIRMED,
                Confirmation.UNCHANGED,
                null,
                null,
                ban,
                null);
    }

    private static String name(Account account) {
        String email = account.contact().email();
        String phone = account.contact().phone();
        return email != null ? email : phone != null ? "+" + phone : "(anonymous)";
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    /// `90m`, `24h` or `7d`.
    private static final class BanTime {
        private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,5})([mhd])");

        private BanTime() {}

        static Duration parse(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new StartFailure(
                        "--for cannot be \"" + text + "\".", "Write such as 24h or 7d.");
            }
            long count = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
        }
    }

    /// Where the password comes from: never from the arguments, which other users of the machine
    /// can read.
    static final class PasswordOption {
        @Option(
                names = "--password-stdin",
                description =
                        "Read the password from standard input; else one is made and printed.")
        private boolean given;

        String choose() {
            if (!given) {
                byte[] bytes = new byte[GENERATED_BYTES];
                new SecureRandom().nextBytes(bytes);
                return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            }
            try {
                String line =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                                .readLine();
                if (line == null || line.isEmpty()) {
                    throw new StartFailure(
                            "Standard input holds no password.", "Write it on the first line.");
                }
                return line;
            } catch (IOException e) {
                throw new StartFailure("Standard input cannot be read.", "Try again.", e);
            }
        }

        void tell(PrintWriter out, String password) {
            if (!given) {
                out.println("password " + password);
                out.flush();
            }
        }
    }
}
