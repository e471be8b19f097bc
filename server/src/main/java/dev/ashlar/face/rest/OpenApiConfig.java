package dev.ashlar.face.rest;

import dev.ashlar.config.Setting;
import java.net.URI;
import java.util.Optional;

/// The section `rest.openapi`: the description of the API at its root.
public record OpenApiConfig(
        @Setting(
                        def = "follow-privileges",
                        doc =
                                "What the description at the root shows: follow-privileges (what the"
                                        + " caller's role may use), ignore-privileges, or disabled.")
                Mode mode,
        @Setting(def = "false", doc = "Describe there how callers show their token.")
                boolean securityActive,
        @Setting(
                        doc =
                                "Address of the API that the description names, where a proxy stands before.")
                Optional<String> serverProxyUri,
        @Setting(doc = "Function, as name or schema.name, whose result is the description instead.")
                Optional<String> rootSpec) {

    /// Whether there is a description, and of what.
    public enum Mode {
        FOLLOW_PRIVILEGES,
        IGNORE_PRIVILEGES,
        DISABLED
    }

    /// Nothing but the defaults.
    public static final OpenApiConfig DEFAULT =
            new OpenApiConfig(Mode.FOLLOW_PRIVILEGES, false, Optional.empty(), Optional.empty());

    public OpenApiConfig {
        if (serverProxyUri.isPresent() && !isAddress(serverProxyUri.get())) {
            throw new IllegalArgumentException(
                    "the openapi server proxy uri is such as https://api.example.com/v1");
        }
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
