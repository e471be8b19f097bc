package dev.ashlar.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandLineToolTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void unknownCommandsSuggestTheNearest() {
        assertThat(run("sreve")).isEqualTo(CommandLineTool.NOT_UNDERSTOOD);
        assertThat(err.toString()).contains("'sreve'").contains("serve").contains("--help");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void theDropInTellsItsVersionAndAnExample() {
        assertThat(run("postgrest", "-v")).isZero();
        assertThat(out.toString()).startsWith("ashlar ");
        assertThat(run("postgrest", "--example")).isZero();
        assertThat(out.toString()).contains("# db-schemas = \"public\"");
        assertThat(run("postgrest", "--example", "--ready"))
                .isEqualTo(CommandLineTool.NOT_UNDERSTOOD);
    }

    @Test
    void unknownOptionsAreNotUnderstood() {
        assertThat(run("serve", "--prot", "1")).isEqualTo(CommandLineTool.NOT_UNDERSTOOD);
        assertThat(err.toString()).contains("--prot").contains("--port");
    }

    @Test
    void refusedSettingsAreListedWithoutAStackTrace() {
        int status = run("config", "--set", "http.prot=1", "--set", "rest.max-rows=many");
        assertThat(status).isEqualTo(CommandLineTool.FAILED);
        assertThat(err.toString())
                .contains("did you mean http.port?")
                .contains("rest.max-rows cannot be \"many\"")
                .doesNotContain("\tat ");
    }

    @Test
    void verboseShowsTheStackTrace() {
        int status = run("serve", "--example", "no such", "--verbose");
        assertThat(status).isEqualTo(CommandLineTool.FAILED);
        assertThat(err.toString()).contains("no example no such").contains("\tat ");
    }

    @Test
    void configShowsOrigins() {
        assertThat(run("config", "--set", "rest.max-rows=5")).isZero();
        assertThat(out.toString())
                .containsPattern("(?m)^rest\\.max-rows: 5 +# flag --rest\\.max-rows$")
                .containsPattern("(?m)^http\\.port: \\d+ +# ");
    }

    @Test
    void everyCommandIsExplained() {
        for (Map.Entry<String, CommandLine> command :
                CommandLineTool.commandLine().getSubcommands().entrySet()) {
            String usage = command.getValue().getUsageMessage();
            assertThat(usage).as(command.getKey()).contains("Usage: ashlar " + command.getKey());
            if (!command.getValue().getCommandSpec().usageMessage().hidden()
                    && !command.getKey().equals("help")
                    && !command.getKey().equals("version")) {
                assertThat(usage).as(command.getKey()).contains("Example");
            }
        }
    }

    private int run(String... arguments) {
        return CommandLineTool.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
