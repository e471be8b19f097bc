package dev.ashlar.config;

import java.lang.reflect.Type;
import java.util.Locale;

/// One setting of the tree of records.
///
/// @param name dotted kebab-case, such as `rest.max-rows`
/// @param title what the reference calls it: the name, but `<provider>` for one name of several
/// @param def the default as it would be written in the file; empty when there is none
public record SettingKey(String name, String title, Type type, String def, String doc) {

    /// `rest.max-rows` is `ASHLAR_REST_MAX_ROWS`.
    public String environmentName() {
        return "ASHLAR_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /// `rest`, the part before the first dot.
    public String section() {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /// Whether its value must not be shown.
    public boolean secret() {
        return ValueReader.holdsSecret(type);
    }

    /// `maxRows` is `max-rows`.
    static String kebab(String camel) {
        StringBuilder out = new StringBuilder(camel.length() + 4);
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (Character.isUpperCase(c) && i > 0) {
                out.append('-');
            }
            out.append(Character.toLowerCase(c));
        }
        return out.toString();
    }
}
