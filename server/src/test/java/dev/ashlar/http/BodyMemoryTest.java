package dev.ashlar.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyMemoryTest {
    @Test
    void whatIsRefusedTakesNothingAndWhatIsGivenBackIsThereAgainOnce() {
        BodyMemory memory = BodyMemory.ofRequests(RunningServer.config());
        BodyMemory.Share first = memory.share();
        assertThat(first.take(9_000)).isTrue();
        assertThat(first.take(6_000)).isTrue();
        BodyMemory.Share second = memory.share();
        assertThat(second.take(1)).isFalse();
        second.giveBack();
        assertThat(second.take(1)).isFalse();
        first.giveBack();
        first.giveBack();
        assertThat(second.take(15_000)).isTrue();
        assertThat(first.take(1)).isFalse();
    }
}
