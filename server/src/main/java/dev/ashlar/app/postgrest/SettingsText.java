package dev.ashlar.app.postgrest;

import dev.ashlar.app.postgrest.PostgrestKeys.Form;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Settings in the form of the configuration file.
public final class SettingsText {
    private SettingsText() {}

    private static final String HIDDEN = "***";
    private static final Pattern PASSWORD =
            Pattern.compile("(://[^/?#:@]*:)[^@]*(?=@)|(\\bpassword=)(?:'[^']*'|[^&\\s]*)");

    /// All that holds, secrets included: it is for the operator, who can read them anyway.
    public static String dump(PostgrestSettings settings) {
        StringBuilder text = new StringBuilder();
        for (PostgrestKeys.Key key : PostgrestKeys.ALL) {
            entry(text, key, shown(settings, key));
        }
        settings.appSettings()
                .forEach((name, value) ->
                        text.append(name).append(" = ").append(quoted(value)).append('\n'));
        return text.toString();
    }

    /// The same without what must stay secret, for those who can only reach the port.
    public static String withoutSecrets(PostgrestSettings settings) {
        StringBuilder text = new StringBuilder();
        for (PostgrestKeys.Key key : PostgrestKeys.ALL) {
            String value = shown(settings, key);
            entry(
                    text,
                    key,
                    switch (key.name()) {
                        case "jwt-secret" -> value.isEmpty() ? "" : HIDDEN;
                        case "db-uri" ->
                                PASSWORD.matcher(value)
                                        .replaceAll(found ->
                                                (found.group(1) == null
                                                                ? found.group(2)
                                                                : found.group(1))
                                                        + Matcher.quoteReplacement(HIDDEN));
                        default -> value;
                    });
        }
        settings.appSettings()
                .keySet()
                .forEach(name ->
                        text.append(name).append(" = ").append(quoted(HIDDEN)).append('\n'));
        return text.toString();
    }

    private static String shown(PostgrestSettings settings, PostgrestKeys.Key key) {
        return switch (key.name()) {
            case "admin-server-host" ->
                    settings.find(key.name()).orElseGet(() -> settings.value("server-host"));
            case "db-uri" -> settings.text(key.name());
            case "jwt-secret" -> settings.text(key.name());
            default ->
                    switch (key.form()) {
                        case LIST -> String.join(",", settings.list(key.name()));
                        case FLAG -> Boolean.toString(settings.flag(key.name()));
                        case TEXT, NUMBER -> settings.value(key.name());
                    };
        };
    }

    /// A configuration file to begin with: every setting with what it is for.
    public static String example() {
        StringBuilder text = new StringBuilder();
        for (PostgrestKeys.Key key : PostgrestKeys.ALL) {
            text.append("## ").append(key.purpose()).append('\n').append("# ");
            entry(text, key, key.usual());
            text.append('\n');
        }
        return text.toString();
    }

    private static void entry(StringBuilder text, PostgrestKeys.Key key, String value) {
        boolean bare = (key.form() == Form.FLAG || key.form() == Form.NUMBER) && !value.isEmpty();
        text.append(key.name()).append(" = ").append(bare ? value : quoted(value)).append('\n');
    }

    private static String quoted(String value) {
        return '"'
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("$", "$$")
                + '"';
    }
}
