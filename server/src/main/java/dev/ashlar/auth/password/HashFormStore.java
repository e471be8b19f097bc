package dev.ashlar.auth.password;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.backend.sql.SqlTransaction;
import java.util.Set;
import java.util.stream.Collectors;

/// `auth.password_forms`, which a trigger fills.
final class HashFormStore {
    Set<String> all(SqlTransaction tx) {
        return tx.query(SqlText.of("select form from auth.password_forms")).stream()
                .map(row -> row.requireText("form"))
                .collect(Collectors.toUnmodifiableSet());
    }
}
