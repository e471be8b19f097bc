package dev.ashlar.auth.password;

import dev.ashlar.backend.sql.SqlDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Which kinds of hashes accounts brought along from other systems, and how long comparing with the
/// slowest of them takes here: no refusal of a password may come before that.
///
/// Each node measures each kind once.
public final class HashForms {
    private final SqlDatabase database;
    private final PasswordHasher hasher;
    private final HashFormStore store = new HashFormStore();
    private final Map<String, Duration> measured = new TreeMap<>();
    private volatile Duration slowest = Duration.ZERO;

    public HashForms(SqlDatabase database, PasswordHasher hasher) {
        this.database = database;
        this.hasher = hasher;
    }

    public PasswordHasher hasher() {
        return hasher;
    }

    /// Reads which there are, and measures those that are new. Blocks.
    public synchronized void reload() {
        Set<String> forms = database.transaction(store::all);
        measured.keySet().retainAll(forms);
        for (String form : forms) {
            measured.computeIfAbsent(form, this::measure);
        }
        slowest = measured.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /// How long one comparison takes with the most expensive kind there is; nothing without any.
    public Duration slowest() {
        return slowest;
    }

    private Duration measure(String form) {
        Optional<StoredPassword> sample = StoredPassword.sample(form);
        if (sample.isEmpty()) {
            return Duration.ZERO;
        }
        long start = System.nanoTime();
        hasher.matches("somebody's password", sample);
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
