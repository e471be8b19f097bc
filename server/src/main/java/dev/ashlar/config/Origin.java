package dev.ashlar.config;

import java.nio.file.Path;

/// Where a value came from; named in messages and in the listing of the effective settings.
public sealed interface Origin {

    /// The words shown to people.
    String describe();

    record Default() implements Origin {
        @Override
        public String describe() {
            return "default";
        }
    }

    /// A line of the file, counted from 1.
    record File(Path file, int line) implements Origin {
        @Override
        public String describe() {
            return file + ":" + line;
        }
    }

    record Environment(String name) implements Origin {
        @Override
        public String describe() {
            return "environment " + name;
        }
    }

    record Flag(String name) implements Origin {
        @Override
        public String describe() {
            return "flag " + name;
        }
    }
}
