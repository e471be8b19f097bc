package dev.ashlar.face.rest;

import dev.ashlar.backend.Result;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Intent;
import java.util.List;
import java.util.Set;

/// Which of the preferences had a meaning for the request, for `Preference-Applied`.
final class AppliedPreferences {
    private static final Set<String> ANYWHERE = Set.of("count", "tx", "handling", "timezone");

    private AppliedPreferences() {}

    static List<String> of(RestRequest request, Result result) {
        List<String> honoured = request.preferences().applied();
        if (request.mediaType().format() instanceof Format.Explained) {
            return List.of();
        }
        return honoured.isEmpty()
                ? honoured
                : honoured.stream()
                        .filter(preference -> {
                            String name = preference.substring(0, preference.indexOf('='));
                            return ANYWHERE.contains(name)
                                    || matters(name, request.intent(), result);
                        })
                        .toList();
    }

    private static boolean matters(String name, Intent intent, Result result) {
        return switch (intent) {
            case Intent.Read _ -> false;
            case Intent.Call _ -> name.equals("max-affected");
            case Intent.Insert _ ->
                    switch (name) {
                        // A table without a key has nothing to resolve conflicts by.
                        case "resolution" -> result.effects().inserted() != null;
                        case "max-affected" -> false;
                        default -> true;
                    };
            case Intent.Update _ -> !name.equals("resolution");
            case Intent.Upsert _ -> name.equals("return");
            case Intent.Delete _ -> name.equals("return") || name.equals("max-affected");
        };
    }
}
