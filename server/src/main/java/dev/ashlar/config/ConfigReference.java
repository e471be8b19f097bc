package dev.ashlar.config;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The reference of all settings as Markdown, one table a section;
/// `docs/reference/configuration.md` is its output and a test holds the two equal.
public final class ConfigReference {
    private static final String INTRODUCTION =
            """
            # Configuration

            Ashlar runs with no configuration at all. What you set is read from, strongest first:

            1. flags of the command (`--set rest.max-rows=500`, `--port 8080`),
            2. environment variables (`ASHLAR_REST_MAX_ROWS=500`); an empty one counts as unset,
            3. the file `ashlar.yaml` (another path with `--config` or `ASHLAR_CONFIG`),
            4. the defaults below.

            ```yaml
            rest:
              max-rows: 500
            ```

            An unknown key stops the start and suggests the nearest. `./ashlar config` prints every setting with
            its value and where it came from, secrets masked.

            Durations are written `500ms`, `30s`, `5m`, `2h`, `7d`; sizes `512`, `64KB`, `10MB`, `2GB`; lists `a, b` or a
            YAML list. A relative path starts from the file's folder, in a flag or variable from the current one.

            This page is generated: `./ashlar config reference`.
            """;

    private ConfigReference() {}

    /// Renders the page.
    ///
    /// @param aliases further variable names and the key that each stands for
    public static String markdown(Class<? extends Record> root, Map<String, String> aliases) {
        StringBuilder out = new StringBuilder(INTRODUCTION);
        String section = "";
        Set<String> told = new HashSet<>();
        for (SettingKey key : ConfigSchema.of(root).keys()) {
            if (!told.add(key.title())) {
                continue;
            }
            if (!key.section().equals(section)) {
                section = key.section();
                out.append("\n## ").append(section).append("\n\n");
                out.append("| key | default | type | meaning |\n|---|---|---|---|\n");
            }
            out.append(row(key));
        }
        return out.append(variables(aliases)).toString();
    }

    private static String row(SettingKey key) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        key.title(),
                        key.def().isEmpty() ? "" : "`" + key.def() + "`",
                        ValueReader.describe(key.type()),
                        cell(key.doc()));
    }

    private static String variables(Map<String, String> aliases) {
        StringBuilder out =
                new StringBuilder(
                        """

                        ## Further variables

                        | variable | sets |
                        |---|---|
                        """);
        aliases.forEach((name, key) -> out.append("| `%s` | `%s` |\n".formatted(name, key)));
        return out.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
