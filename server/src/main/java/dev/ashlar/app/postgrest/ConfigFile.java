package dev.ashlar.app.postgrest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads PostgREST's configuration file: lines of `key = value`, the value a string in double
/// quotes, a number, `true` or `false`; `#` begins a comment; `$(NAME)` in a string is a variable
/// of the environment, `$$` a dollar (PostgREST's reference, "Config File").
final class ConfigFile {
    private static final Pattern ENTRY =
            Pattern.compile(
                    "([A-Za-z][A-Za-z0-9_.-]*)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s#\"]+))\\s*(?:#.*)?");
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\$|\\(([A-Za-z_][A-Za-z0-9_]*)\\))");

    private ConfigFile() {}

    /// @throws IllegalArgumentException for a line that is none of these, with its number
    static Map<String, String> parse(String text, Map<String, String> environment) {
        Map<String, String> entries = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String bare = line.strip();
            if (bare.isEmpty() || bare.startsWith("#")) {
                continue;
            }
            Matcher entry = ENTRY.matcher(bare);
            if (!entry.matches()) {
                throw new IllegalArgumentException(
                        "line "
                                + number
                                + " of the configuration file is not of the form: key = \"value\"");
            }
            String plain = entry.group(3);
            entries.put(
                    entry.group(1),
                    plain != null ? plain : interpolated(unescaped(entry.group(2)), environment));
        }
        return entries;
    }

    private static String unescaped(String quoted) {
        StringBuilder out = new StringBuilder(quoted.length());
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c == '\\' && i + 1 < quoted.length()) {
                i++;
                c =
                        switch (quoted.charAt(i)) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case 'r' -> '\r';
                            default -> quoted.charAt(i);
                        };
            }
            out.append(c);
        }
        return out.toString();
    }

    private static String interpolated(String text, Map<String, String> environment) {
        return VARIABLE.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(
                                found.group(1) == null
                                        ? "$"
                                        : environment.getOrDefault(found.group(1), "")));
    }
}
