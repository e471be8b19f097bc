package dev.ashlar.ops.exposure;

import dev.ashlar.config.Setting;
import dev.ashlar.policy.exposure.Callers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Section `exposure`: whose reach is looked at, and what follows from it at the start.
public record ExposureConfig(
        @Setting(
                        def = "auto",
                        doc =
                                "What an undeclared exposure does at the start: nothing, not even looking"
                                        + " (off), a warning, or a refusal to start; auto refuses in"
                                        + " production and warns in development.")
                Check check,
        @Setting(
                        doc =
                                "The declared exposure; unset it is exposure.yaml beside the folder of"
                                        + " the migrations.")
                Optional<Path> file,
        @Setting(
                        def = "authenticated",
                        doc = "The role of tokens of accounts; that without one is auth.anon-role.")
                String signedInRole,
        @Setting(
                        def = "service_role",
                        doc = "The role of the key of your own servers, which may do everything.")
                String serviceRole,
        @Setting(
                        doc =
                                "Roles of your own that tokens name; unset they are those that the role"
                                        + " authenticator can switch to.")
                List<String> roles,
        @Setting(
                        def = "30s",
                        doc =
                                "How long looking may take at the start; what was not seen then counts"
                                        + " as not known.")
                Duration timeout) {

    /// What the start does about an exposure that nobody declared.
    public enum Check {
        AUTO,
        OFF,
        WARN,
        REFUSE
    }

    public ExposureConfig {
        roles = List.copyOf(roles);
        if (signedInRole.isBlank() || serviceRole.isBlank()) {
            throw new IllegalArgumentException(
                    "exposure.signed-in-role and exposure.service-role must name a role");
        }
        if (timeout.toMillis() < 100) {
            throw new IllegalArgumentException("exposure.timeout must be at least 100ms");
        }
    }

    /// Whose reach is looked at; roles of the application's own that are not set are found later.
    public Callers callers(String anonymous) {
        List<String> known = List.of(anonymous, signedInRole, serviceRole);
        return new Callers(
                anonymous,
                signedInRole,
                serviceRole,
                roles.stream().filter(role -> !known.contains(role)).distinct().toList());
    }
}
