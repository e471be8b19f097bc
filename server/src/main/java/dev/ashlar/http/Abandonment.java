package dev.ashlar.http;

import java.util.ArrayList;
import java.util.List;

/// What is to happen when nobody waits for an answer any more. For any thread.
final class Abandonment {
    private List<Runnable> actions = List.of();
    private boolean happened;

    /// At once when it has happened already.
    void then(Runnable action) {
        synchronized (this) {
            if (!happened) {
                if (actions.isEmpty()) {
                    actions = new ArrayList<>(2);
                }
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    void happen() {
        List<Runnable> due;
        synchronized (this) {
            happened = true;
            due = actions;
            actions = List.of();
        }
        due.forEach(Runnable::run);
    }
}
