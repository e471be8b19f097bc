package dev.ashlar.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingOrderTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void theLastStartedEndsFirst() {
        ClosingOrder order = new ClosingOrder();
        order.add("database", "database", closed::add);
        order.add("server", "server", closed::add);
        order.close();
        assertThat(closed).containsExactly("server", "database");
    }

    @Test
    void aFailureKeepsNothingElseUp() {
        ClosingOrder order = new ClosingOrder();
        order.add("database", "database", closed::add);
        order.add(
                "server",
                "server",
                _ -> {
                    throw new IllegalStateException("cannot end");
                });
        order.close();
        assertThat(closed).containsExactly("database");
    }

    @Test
    void nothingEndsTwice() {
        ClosingOrder order = new ClosingOrder();
        order.add("database", "database", closed::add);
        order.close();
        order.close();
        assertThat(closed).containsExactly("database");
    }
}
