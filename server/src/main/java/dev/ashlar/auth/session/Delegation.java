package dev.ashlar.auth.session;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// That a session was given to an OAuth client by the person whose account it is (RFC 6749, 1.1).
/// `scope` is words with blanks between (3.3); `resource` is whom its tokens are for beside us (RFC
/// 8707).
public record Delegation(UUID clientId, String scope, Optional<String> resource) {

    public boolean covers(String word) {
        return List.of(scope.split(" ")).contains(word);
    }

    /// With fewer scopes.
    public Delegation withScope(String narrower) {
        return new Delegation(clientId, narrower, resource);
    }
}
