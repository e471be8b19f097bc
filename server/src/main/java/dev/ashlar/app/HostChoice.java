package dev.ashlar.app;

import dev.ashlar.app.postgrest.PostgrestSettings;
import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.jdbc.ServerState;
import java.util.List;
import java.util.Optional;

/// Chooses among the hosts that `db-uri` names, as libpq does: the first that answers and is what
/// `target_session_attrs` wants.
final class HostChoice {
    private HostChoice() {}

    /// Blocks when there are several. The first of them when none will do.
    static PostgrestSettings settled(PostgrestSettings settings) {
        List<String> uris = settings.databaseUris();
        String target = settings.databaseTarget();
        ServerState.requireTarget(target);
        if (uris.size() == 1) {
            return settings;
        }
        if (target.equals("prefer-standby")) {
            int standby = first(uris, "standby");
            return settings.onHost(Math.max(0, standby >= 0 ? standby : first(uris, "any")));
        }
        return settings.onHost(Math.max(0, first(uris, target)));
    }

    private static int first(List<String> uris, String target) {
        for (int i = 0; i < uris.size(); i++) {
            Optional<ServerState> state = ServerState.find(PostgresAddress.parse(uris.get(i)));
            if (state.isPresent() && state.get().suits(target)) {
                return i;
            }
        }
        return -1;
    }
}
