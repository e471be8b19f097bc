package dev.ashlar.policy.exposure;

import java.util.ArrayList;
import java.util.List;

/// The database roles that requests run as.
///
/// @param anonymous without a token
/// @param signedIn with the token of any account
/// @param service with the key of the owner's own servers, which may do everything
/// @param custom roles of the application's own, which tokens can name
public record Callers(String anonymous, String signedIn, String service, List<String> custom) {

    /// All whose reach is a question: everyone but the service.
    public List<String> judged() {
        List<String> roles = new ArrayList<>(List.of(anonymous, signedIn));
        roles.addAll(custom);
        return List.copyOf(roles);
    }

    public List<String> all() {
        List<String> roles = new ArrayList<>(judged());
        roles.add(service);
        return List.copyOf(roles);
    }
}
