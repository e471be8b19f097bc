package dev.ashlar.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerLimitTest {
    private static final int LIMIT = 100;

    /// However the bytes happen to come in.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 64, 99, 105, 106, 1_000})
    void onlyAMessageOverTheLimitIsReplaced(int part) {
        ByteBuf sent = Unpooled.buffer();
        message(sent, 'T', 0);
        message(sent, 'D', LIMIT);
        message(sent, 'D', LIMIT + 1);
        message(sent, 'C', 3);
        message(sent, 'D', 500);
        message(sent, 'Z', 1);

        EmbeddedChannel channel = new EmbeddedChannel(new AnswerLimit(LIMIT));
        while (sent.isReadable()) {
            channel.writeInbound(sent.readBytes(Math.min(part, sent.readableBytes())));
        }
        ByteBuf passed = Unpooled.buffer();
        for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
            passed.writeBytes(next);
            next.release();
        }
        channel.finish();

        StringBuilder seen = new StringBuilder();
        while (passed.isReadable()) {
            char type = (char) passed.readByte();
            byte[] content = new byte[passed.readInt() - 4];
            passed.readBytes(content);
            seen.append(type);
            if (type == 'E') {
                assertThat(new String(content, StandardCharsets.UTF_8))
                        .contains("CPT413\0", "larger than 100 bytes\0");
            } else {
                assertThat(new String(content, StandardCharsets.US_ASCII)).matches("x*");
            }
        }
        assertThat(seen).hasToString("TDECEZ");
    }

    private static void message(ByteBuf out, char type, int length) {
        out.writeByte(type)
                .writeInt(length + 4)
                .writeBytes("x".repeat(length).getBytes(StandardCharsets.US_ASCII));
    }
}
