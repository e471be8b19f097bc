package dev.ashlar.backend.embedded;

import dev.ashlar.config.ByteSize;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The text of `ashlar.conf` and `ashlar_hba.conf`, written anew at each start. An operator's
/// `custom.conf` and `ALTER SYSTEM` come after it and win.
///
/// @param memory bytes of the machine or container
/// @param sharedBuffers the operator's choice
/// @param port names the socket, and is the TCP port when there is one
/// @param access who may connect how
/// @param sockets the socket's directory as the server is to call it
record ServerSettings(
        long memory, Optional<ByteSize> sharedBuffers, int port, Access access, Path sockets) {
    private static final long MB = 1L << 20;
    private static final long GB = 1L << 30;

    /// Where the server listens.
    enum Access {
        SOCKET_ONLY,
        SOCKET_AND_LOOPBACK
    }

    /// The settings file.
    String text() {
        Map<String, String> settings = new LinkedHashMap<>();
        access(settings);
        memory(settings);
        durability(settings);
        queries(settings);
        log(settings);
        StringBuilder text =
                new StringBuilder(
                        "# Written by Ashlar at each start: changes here are lost. Yours belong into custom.conf.\n");
        settings.forEach(
                (name, value) -> text.append(name).append(" = ").append(quote(value)).append('\n'));
        return text.toString();
    }

    /// The host-based authentication file: passwords always, and from this machine only.
    String authentication() {
        String socket = "local all all scram-sha-256\n";
        return switch (access) {
            case SOCKET_ONLY -> socket;
            case SOCKET_AND_LOOPBACK ->
                    socket
                            + "host all all 127.0.0.1/32 scram-sha-256\n"
                            + "host all all ::1/128 scram-sha-256\n";
        };
    }

    private void access(Map<String, String> settings) {
        settings.put(
                "listen_addresses",
                switch (access) {
                    case SOCKET_ONLY -> "";
                    case SOCKET_AND_LOOPBACK -> "127.0.0.1";
                });
        settings.put("port", Integer.toString(port));
        settings.put("unix_socket_directories", sockets.toString());
        settings.put("password_encryption", "scram-sha-256");
        settings.put("max_connections", "100");
    }

    /// The usual advice is a quarter of a machine given to the database alone. This one shares with
    /// a JVM, the page cache serves what shared buffers do not, and more than 1 GB has shown no
    /// gain for short queries: an eighth, between 16 MB and 1 GB.
    private void memory(Map<String, String> settings) {
        long buffers = sharedBuffers.map(ByteSize::bytes).orElse(clamp(memory / 8, 16 * MB, GB));
        settings.put("shared_buffers", size(buffers));
        settings.put("effective_cache_size", size(Math.max(memory / 2, buffers)));
        // Per sort or hash, several per query, up to 100 sessions: 1/1024 keeps the sum bearable.
        settings.put("work_mem", size(clamp(memory / 1024, 4 * MB, 32 * MB)));
        settings.put("maintenance_work_mem", size(clamp(memory / 32, 32 * MB, 256 * MB)));
    }

    private static void durability(Map<String, String> settings) {
        settings.put("fsync", "on");
        settings.put("full_page_writes", "on");
        settings.put("synchronous_commit", "on");
        settings.put("wal_level", "logical");
        settings.put("wal_compression", "on");
        settings.put("max_wal_size", "1GB");
        // A replication slot that nobody reads would otherwise keep the log until the disk is full.
        settings.put("max_slot_wal_keep_size", "2GB");
    }

    private static void queries(Map<String, String> settings) {
        settings.put("timezone", "UTC");
        settings.put("random_page_cost", "1.1");
        // Compiling costs tens of milliseconds on estimates that are often wrong.
        settings.put("jit", "off");
        settings.put("idle_in_transaction_session_timeout", "10min");
    }

    /// Files of 10 MB, the oldest deleted by [ServerLog]. Values stay out: neither parameters nor
    /// statements (which may hold literals and passwords) nor details (which quote rows).
    private static void log(Map<String, String> settings) {
        settings.put("logging_collector", "on");
        settings.put("log_destination", "stderr");
        settings.put("log_directory", "../../log");
        settings.put("log_filename", "postgres-%Y%m%d-%H%M%S.log");
        settings.put("log_file_mode", "0600");
        settings.put("log_rotation_age", "1d");
        settings.put("log_rotation_size", "10MB");
        settings.put("log_line_prefix", "%m [%p] %q%u@%d ");
        settings.put("log_timezone", "UTC");
        settings.put("log_parameter_max_length", "0");
        settings.put("log_parameter_max_length_on_error", "0");
        settings.put("log_min_error_statement", "panic");
        settings.put("log_error_verbosity", "terse");
        settings.put("log_checkpoints", "off");
        settings.put("log_lock_waits", "on");
    }

    private static String quote(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private static String size(long bytes) {
        return (bytes >> 10) + "kB";
    }

    private static long clamp(long value, long least, long most) {
        return Math.max(least, Math.min(value, most));
    }
}
