package dev.ashlar.app.cli;

import dev.ashlar.app.Config;
import dev.ashlar.app.PolicyTestRun;
import dev.ashlar.app.Site;
import dev.ashlar.app.StartFailure;
import dev.ashlar.config.InvalidConfigException;
import dev.ashlar.ops.policy.JUnitXml;
import dev.ashlar.ops.policy.LabJson;
import dev.ashlar.ops.policy.LabText;
import dev.ashlar.policy.trial.LabReport;
import dev.ashlar.policy.trial.PolicySuite;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ashlar policy test`.
@Command(
        name = "test",
        description = {
            "Run the policy tests: given rows and a caller, what can be read, inserted, changed and",
            "deleted. Then put small mistakes into the policies and tell which of them no test",
            "notices. Runs on a scratch database made from the migrations; nothing is kept."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit status: 0 all pass, 3 a test fails (with --strict: or a mistake is not noticed),",
            "1 it could not look, 2 a file was not understood.",
            "",
            "Examples:",
            "  ashlar policy test",
            "  ashlar policy test --example interview-trainer --strict --junit policies.xml",
            "  ashlar policy test policy-tests/notes.yaml --no-mutations"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PolicyTestCommand implements Callable<Integer> {
    /// A test fails, or a mutant survives where none may.
    static final int FOUND = 3;

    /// Progress is told each time so many mutants more are done.
    private static final int STEP = 50;

    @Spec private CommandSpec spec;
    @Mixin private SettingOptions settings;
    @Mixin private MigrateCommand.ExampleOption example;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Files or folders; else policy-tests/, beside migrations/.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = {
                "Test on this database instead, in transactions that are rolled back. Mistakes are",
                "tried only when nobody else uses it."
            })
    private @Nullable String databaseUrl;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write a JUnit report for CI.")
    private @Nullable Path junit;

    @Option(names = "--no-mutations", description = "Only the tests.")
    private boolean noMutations;

    @Option(names = "--strict", description = "Exit with 3 when a mistake is not noticed.")
    private boolean strict;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Config config = settings.load(Map.of()).config();
        Site site = example.site(settings.project());
        List<PolicySuite> suites;
        try {
            suites = PolicyTestRun.read(config, site, files);
        } catch (InvalidConfigException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("ashlar: the policy tests are not understood");
            e.faults().forEach(fault -> err.println("  " + fault));
            return CommandLineTool.NOT_UNDERSTOOD;
        }
        LabReport report = run(config, site, suites);
        print(report);
        boolean survived = strict && !report.survivors().isEmpty();
        return report.failed() > 0 || survived ? FOUND : 0;
    }

    private LabReport run(Config config, Site site, List<PolicySuite> suites) {
        PrintWriter err = spec.commandLine().getErr();
        try (PolicyTestRun run =
                PolicyTestRun.open(
                        config,
                        site,
                        suites,
                        Optional.ofNullable(databaseUrl),
                        text -> err.println("  " + text))) {
            LabReport tested = run.test();
            return noMutations ? tested : run.mutate(tested, this::progress);
        }
    }

    private void progress(int count, int all) {
        if (count % STEP == 0 && count < all) {
            spec.commandLine().getErr().println("  %d of %d mutants".formatted(count, all));
        }
    }

    private void print(LabReport report) {
        if (junit != null) {
            JUnitXml.Survivors survivors =
                    strict ? JUnitXml.Survivors.FAIL : JUnitXml.Survivors.SKIP;
            try {
                Files.writeString(junit, JUnitXml.of(report, survivors));
            } catch (IOException e) {
                throw new StartFailure(
                        junit + " cannot be written: " + e.getMessage(), "Check --junit.", e);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(LabJson.of(report));
        } else {
            out.print(LabText.of(report));
        }
        out.flush();
    }
}
