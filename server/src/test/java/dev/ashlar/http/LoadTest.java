package dev.ashlar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.config.ByteSize;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A server that answers so many requests a tick, asked by more and more of them, in time that the
/// test makes pass.
class LoadTest {
    private static final long TICK = 10;

    private long millis;
    private double credit;
    private int refused;

    private Load load(int most, Duration queue) {
        LoadConfig config =
                new LoadConfig(most, queue, Duration.ofSeconds(10), new ByteSize(4_096));
        return new Load(config, () -> millis * 1_000_000);
    }

    /// So many ask each tick while the server can answer so many each tick.
    private void run(Load load, int ticks, int asked, double answered) {
        for (int i = 0; i < ticks; i++) {
            millis += TICK;
            for (int k = 0; k < asked; k++) {
                refused += load.enter() ? 0 : 1;
            }
            credit = Math.min(credit + answered, load.inFlight());
            for (; credit >= 1; credit--) {
                load.leave();
            }
        }
    }

    @Test
    void aServerThatKeepsUpRefusesNobody() {
        Load load = load(4_096, Duration.ofSeconds(1));
        run(load, 1_000, 20, 25);
        assertThat(refused).isZero();
    }

    @Test
    void aBurstThatIsWorkedOffRefusesNobody() {
        Load load = load(4_096, Duration.ofSeconds(1));
        run(load, 1, 2_000, 25);
        run(load, 200, 5, 25);
        assertThat(refused).isZero();
    }

    @Test
    void aQueueThatStandsIsCutToWhatIsAnsweredInItsTime() {
        Load load = load(100_000, Duration.ofSeconds(1));
        run(load, 1_000, 40, 20);
        // 2,000 are answered in a second.
        assertThat(load.inFlight()).isBetween(1_500, 2_500);
        int before = refused;
        run(load, 500, 40, 20);
        assertThat(load.inFlight()).isBetween(1_500, 2_500);
        assertThat(refused - before).isBetween(9_000, 11_000);
    }

    @Test
    void aServerThatBecomesSlowerIsFollowed() {
        Load load = load(100_000, Duration.ofSeconds(1));
        run(load, 1_000, 40, 20);
        run(load, 2_000, 40, 5);
        assertThat(load.inFlight()).isBetween(350, 700);
        run(load, 2_000, 40, 20);
        assertThat(load.inFlight()).isBetween(1_500, 2_500);
    }

    @Test
    void afterTheCrowdEverybodyIsLetInAgain() {
        Load load = load(100_000, Duration.ofSeconds(1));
        run(load, 1_000, 40, 20);
        run(load, 500, 5, 20);
        refused = 0;
        run(load, 1, 3_000, 20);
        assertThat(refused).isZero();
    }

    @Test
    void aFewSlowRequestsBesideQuickOnesAreNoQueue() {
        Load load = load(4_096, Duration.ofSeconds(1));
        for (int i = 0; i < 300; i++) {
            load.enter();
        }
        run(load, 1_000, 20, 20);
        assertThat(refused).isZero();
    }

    @Test
    void neverMoreThanTheLimit() {
        Load load = load(100, Duration.ZERO);
        run(load, 1, 150, 0);
        assertThat(load.inFlight()).isEqualTo(100);
        assertThat(load.refused()).isEqualTo(50);
        run(load, 100, 0, 10);
        assertThat(load.inFlight()).isZero();
        assertThat(load.enter()).isTrue();
    }
}
