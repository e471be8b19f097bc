package dev.ashlar.auth.hook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What stays from one run of a transaction's work to the next: answers of webhooks, and the ids
/// that it gave, so that a webhook is told those that will be.
final class RunAgain {
    private record Known(HookQuestion question, HookAnswer answer) {}

    private final List<Known> known = new ArrayList<>();
    private final List<UUID> ids = new ArrayList<>();
    private int given;

    void start() {
        given = 0;
    }

    void remember(HookQuestion question, HookAnswer answer) {
        known.add(new Known(question, answer));
    }

    Optional<HookAnswer> find(HookQuestion question) {
        return known.stream()
                .filter(one -> one.question().isSameAs(question))
                .map(Known::answer)
                .findFirst();
    }

    UUID nextId() {
        if (given == ids.size()) {
            ids.add(UUID.randomUUID());
        }
        return ids.get(given++);
    }
}
