package dev.ashlar.intent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an ordered read goes on: behind the row whose sort keys are `after`, as texts. `keys` are
/// the keys in their order, to tell a cursor of another read; both are empty for the first page.
public record PageCursor(List<String> keys, List<@Nullable String> after) {
    public static final PageCursor FIRST = new PageCursor(List.of(), List.of());

    public boolean isFirst() {
        return keys.isEmpty();
    }
}
