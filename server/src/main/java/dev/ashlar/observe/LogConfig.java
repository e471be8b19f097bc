package dev.ashlar.observe;

import dev.ashlar.config.Setting;
import java.nio.file.Path;
import java.util.Optional;

/// Section `log`: what is written and where.
public record LogConfig(
        @Setting(def = "info", doc = "Least level that is written: debug, info, warn or error.")
                Level level,
        @Setting(
                        def = "text",
                        doc =
                                "Lines for people (text), for machines (json), or dated as web servers"
                                        + " date theirs (combined).")
                Format format,
        @Setting(doc = "File to write to instead of standard error.") Optional<Path> file,
        @Setting(def = "50", doc = "Megabytes at which the file is put aside for a new one.")
                int fileMegabytes,
        @Setting(def = "5", doc = "How many files put aside are kept.") int fileCount,
        @Setting(
                        def = "on",
                        doc =
                                "A line for each request: on, errors (status 400 and above), failures"
                                        + " (500 and above) or off.")
                Access access,
        @Setting(
                        def = "own",
                        doc =
                                "How that line looks: own, or the combined format of web servers, which"
                                        + " goes to standard output.")
                AccessFormat accessFormat) {

    /// Order matters: from talkative to terse.
    public enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /// How a line looks.
    public enum Format {
        TEXT,
        JSON,
        COMBINED
    }

    /// How the line of a request looks.
    public enum AccessFormat {
        OWN,
        COMBINED
    }

    /// Which requests are logged.
    public enum Access {
        ON,
        ERRORS,
        FAILURES,
        OFF;

        boolean wants(int status) {
            return switch (this) {
                case ON -> true;
                case ERRORS -> status >= 400;
                case FAILURES -> status >= 500;
                case OFF -> false;
            };
        }
    }

    public LogConfig {
        if (fileMegabytes < 1 || fileMegabytes > 10_000) {
            throw new IllegalArgumentException("log.file-megabytes is 1 to 10000");
        }
        if (fileCount < 1 || fileCount > 20) {
            throw new IllegalArgumentException("log.file-count is 1 to 20");
        }
    }
}
