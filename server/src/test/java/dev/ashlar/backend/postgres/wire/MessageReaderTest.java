package dev.ashlar.backend.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {
    private static final int LIMIT = 100;

    private final StringBuilder seen = new StringBuilder();
    private final EmbeddedChannel channel =
            new EmbeddedChannel(
                    new MessageReader(
                            LIMIT,
                            new MessageReader.Receiver() {
                                @Override
                                public void message(byte type, ByteBuf content) {
                                    assertThat(content.readableBytes()).isLessThanOrEqualTo(LIMIT);
                                    seen.append((char) type).append(content.readableBytes());
                                }

                                @Override
                                public void dropped(byte type) {
                                    seen.append('-').append((char) type);
                                }

                                @Override
                                public void violated(ProtocolViolationException violation) {
                                    seen.append('!');
                                }
                            }));

    /// However the bytes happen to come in.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 64, 99, 105, 106, 1_000})
    void onlyAMessageOverTheLimitIsDropped(int part) {
        ByteBuf sent = Unpooled.buffer();
        message(sent, 'T', 0);
        message(sent, 'D', LIMIT);
        message(sent, 'D', LIMIT + 1);
        message(sent, 'C', 3);
        message(sent, 'D', 500);
        message(sent, 'Z', 1);
        write(sent, part);
        assertThat(seen).hasToString("T0D100-DC3-DZ1");
    }

    @Test
    void aLengthThatCannotBeEndsIt() {
        write(Unpooled.buffer().writeByte('D').writeInt(3).writeByte('Z').writeInt(4), 100);
        write(Unpooled.buffer().writeByte('Z').writeInt(4), 100);
        assertThat(seen).hasToString("!");
    }

    @Test
    void nothingIsKeptOfWhatWasRead() {
        ByteBuf sent = Unpooled.buffer();
        message(sent, 'D', 50);
        ByteBuf whole = sent.copy();
        channel.writeInbound(whole);
        assertThat(whole.refCnt()).isZero();
        ByteBuf half = sent.copy(0, 20);
        channel.writeInbound(half);
        channel.pipeline().removeFirst();
        assertThat(half.refCnt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverComesIsReadOrRefused(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 4 && random.nextInt(3) > 0) {
                bytes[1] = 0;
                bytes[2] = 0;
                bytes[3] = 0;
            }
            ByteBuf sent = Unpooled.wrappedBuffer(bytes);
            channel.writeInbound(sent);
        }
        channel.checkException();
        assertThat(seen).isNotEmpty();
    }

    private void write(ByteBuf sent, int part) {
        while (sent.isReadable()) {
            channel.writeInbound(sent.readBytes(Math.min(part, sent.readableBytes())));
        }
    }

    private static void message(ByteBuf out, char type, int length) {
        out.writeByte(type)
                .writeInt(length + 4)
                .writeBytes("x".repeat(length).getBytes(StandardCharsets.US_ASCII));
    }
}
