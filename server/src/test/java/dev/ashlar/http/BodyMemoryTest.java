package dev.ashlar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.config.ByteSize;
import dev.ashlar.http.tls.TlsConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void largeBodiesLeaveRoomForSmallOnes() {
        BodyMemory memory =
                BodyMemory.ofRequests(
                        RunningServer.roomy(
                                TlsConfig.OFF,
                                new Http2Config(true, false, 100, 200),
                                new LoadConfig(
                                        9,
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(1),
                                        new ByteSize(1))));
        List<BodyMemory.Share> large = new ArrayList<>();
        BodyMemory.Share next = memory.share();
        while (next.take(65_537)) {
            large.add(next);
            next = memory.share();
        }
        assertThat(memory.isShort()).isTrue();
        assertThat(large).hasSizeGreaterThanOrEqualTo(10);
        BodyMemory.Share small = memory.share();
        assertThat(small.take(60_000)).isTrue();
        assertThat(small.take(60_000)).isFalse();
        small.giveBack();
        large.forEach(BodyMemory.Share::giveBack);
        assertThat(memory.taken()).isZero();
        assertThat(memory.isShort()).isFalse();
    }
}
