package dev.ashlar.backend.embedded;

import java.util.Locale;

/// An operating system and processor, named as the archives of PostgreSQL's programs are:
/// `postgres-linux-x86_64.txz`, `postgres-darwin-arm_64.txz`.
record Platform(String system, String processor) {

    static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    /// From the JVM's words for them.
    static Platform of(String osName, String osArch) {
        String name = osName.toLowerCase(Locale.ROOT);
        String system = name.startsWith("linux") ? "linux" : name.startsWith("mac") ? "darwin" : "";
        String processor =
                switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> "";
                };
        if (system.isEmpty() || processor.isEmpty()) {
            throw new EmbeddedPostgresException(
                    "There is no embedded PostgreSQL for %s on %s (only Linux and macOS, x86-64 and arm64). Use a PostgreSQL of your own: set database.url."
                            .formatted(osName, osArch));
        }
        return new Platform(system, processor);
    }

    boolean isLinux() {
        return system.equals("linux");
    }

    String archive() {
        return "/postgres-" + this + ".txz";
    }

    @Override
    public String toString() {
        return system + "-" + processor;
    }
}
