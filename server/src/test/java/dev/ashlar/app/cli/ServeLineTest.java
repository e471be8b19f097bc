package dev.ashlar.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// The quick reader must never understand a line otherwise than picocli does.
class ServeLineTest {
    private static final List<String> WORDS =
            List.of(
                    "--port",
                    "--port=",
                    "--port=0",
                    "--host=::1",
                    "--host",
                    "0.0.0.0",
                    "--data=d",
                    "--data",
                    "--config=a/b.yaml",
                    "--config",
                    "--example=x",
                    "--example",
                    "--quiet",
                    "--quiet=true",
                    "--set",
                    "--set=a=b",
                    "a=b=c",
                    "c=",
                    "=d",
                    "--verbose",
                    "-h",
                    "--help",
                    "--",
                    "-",
                    "",
                    "@file",
                    "\"quoted\"",
                    "a=\"b\"",
                    "8000",
                    "x",
                    "serve",
                    "--set=a",
                    "--prot=1",
                    "-p",
                    " 8",
                    "--PORT=1",
                    "--set=a=-b",
                    "$x",
                    "${x}");

    @Test
    void usualLinesAreUnderstood() {
        for (String line :
                List.of(
                        "serve",
                        "serve --example interview-trainer",
                        "serve --port 8080 --data /var/lib/ashlar",
                        "serve --port=8080 --host=0.0.0.0 --quiet",
                        "serve --config /etc/ashlar.yaml --set rest.max-rows=5 --set=log.level=debug")) {
            List<String> words = words(line);
            assertThat(ServeLine.find(words)).as(line).isEqualTo(picocli(words)).isPresent();
        }
    }

    @Test
    void everyOptionWithAValueIsUnderstood() {
        List<OptionSpec> options = serve(List.of("serve")).orElseThrow().getCommandSpec().options();
        assertThat(options).hasSizeGreaterThan(6);
        for (OptionSpec option : options) {
            if (option.arity().max() == 0) {
                continue;
            }
            List<String> words = List.of("serve", option.longestName(), "a=b");
            assertThat(ServeLine.find(words))
                    .as(option.longestName())
                    .isEqualTo(picocli(words))
                    .isPresent();
        }
    }

    @Test
    void unusualLinesAreLeftToPicocli() {
        for (String line :
                List.of(
                        "",
                        "help",
                        "keys --data d",
                        "serve --help",
                        "serve --verbose",
                        "serve x",
                        "serve --prot 1",
                        "serve --port",
                        "serve --port --quiet",
                        "serve @file",
                        "serve --port 1 --port 2",
                        "serve --quiet --quiet",
                        "serve --set a",
                        "serve --set a=",
                        "serve --data=",
                        "serve --",
                        "--version")) {
            assertThat(ServeLine.find(words(line))).as(line).isEmpty();
        }
    }

    @Test
    void whatIsUnderstoodIsWhatPicocliUnderstands() {
        Random random = new Random(7);
        int understood = 0;
        for (int i = 0; i < 1_000; i++) {
            List<String> words = new ArrayList<>(List.of("serve"));
            for (int left = random.nextInt(5); left > 0; left--) {
                words.add(WORDS.get(random.nextInt(WORDS.size())));
            }
            Optional<ServeLine> found = ServeLine.find(words);
            if (found.isPresent()) {
                understood++;
                assertThat(found).as("%s", words).isEqualTo(picocli(words));
            }
        }
        assertThat(understood).isGreaterThan(50);
    }

    private static List<String> words(String line) {
        return Stream.of(line.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
    }

    private static Optional<ServeLine> picocli(List<String> words) {
        return serve(words).map(command -> command.<ServeCommand>getCommand().line());
    }

    /// The command with its fields filled; empty when it was not understood.
    private static Optional<CommandLine> serve(List<String> words) {
        CommandLine line = CommandLineTool.commandLine();
        try {
            line.parseArgs(words.toArray(String[]::new));
        } catch (ParameterException e) {
            return Optional.empty();
        }
        CommandLine serve = Objects.requireNonNull(line.getSubcommands().get("serve"));
        return serve.isUsageHelpRequested() ? Optional.empty() : Optional.of(serve);
    }
}
