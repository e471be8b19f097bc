package dev.ashlar.face.rest.openapi;

import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// How names of the database stand in an OpenAPI 3.1 document, where keys of components and paths
/// have few characters to choose from.
final class Names31 {
    private Names31() {}

    /// As key of a component: letters, digits, dot, hyphen and underscore (OpenAPI 3.1, "Components
    /// Object"); any other character by its number.
    static String key(String name) {
        StringBuilder key = new StringBuilder(name.length());
        name.codePoints()
                .forEach(c -> {
                    boolean plain =
                            c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
                    if (plain) {
                        key.appendCodePoint(c);
                    } else {
                        key.append(".u").append(Integer.toHexString(c)).append('.');
                    }
                });
        return key.toString();
    }

    /// As one segment of a path.
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static JsonObject reference(String kind, String key) {
        return new JsonObjectBuilder().put("$ref", "#/components/" + kind + "/" + key).build();
    }
}
