package dev.ashlar.backend.postgres.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the messages of the frontend (manual, "Message Formats").
final class FrontendMessages {
    private static final int PROTOCOL_3_0 = 3 << 16;
    private static final int CANCEL_REQUEST = 80_877_102;

    /// Above it, a text becomes bytes of its own first: room for three for each character would be
    /// too much, and most texts are copied whole.
    private static final int LARGE_TEXT = 4_096;

    private static final short TEXT = 0;
    private static final short BINARY = 1;

    private FrontendMessages() {}

    static void startup(ByteBuf out, Map<String, String> parameters) {
        int start = out.writerIndex();
        out.writeInt(0).writeInt(PROTOCOL_3_0);
        parameters.forEach((name, value) -> {
            string(out, name);
            string(out, value);
        });
        out.writeByte(0);
        out.setInt(start, out.writerIndex() - start);
    }

    /// On a connection of its own, instead of [#startup].
    static void cancelRequest(ByteBuf out, BackendKey key) {
        out.writeInt(3 * Integer.BYTES + key.secret().length)
                .writeInt(CANCEL_REQUEST)
                .writeInt(key.process())
                .writeBytes(key.secret());
    }

    static void password(ByteBuf out, String password) {
        int start = begin(out, 'p');
        string(out, password);
        end(out, start);
    }

    static void saslInitialResponse(ByteBuf out, String mechanism, String response) {
        int start = begin(out, 'p');
        string(out, mechanism);
        text(out, response);
        end(out, start);
    }

    static void saslResponse(ByteBuf out, String response) {
        int start = begin(out, 'p');
        out.writeCharSequence(response, StandardCharsets.UTF_8);
        end(out, start);
    }

    static void query(ByteBuf out, String sql) {
        int start = begin(out, 'Q');
        string(out, sql);
        end(out, start);
    }

    /// The server finds the types of the parameters.
    static void parse(ByteBuf out, String name, String sql) {
        int start = begin(out, 'P');
        string(out, name);
        string(out, sql);
        out.writeShort(0);
        end(out, start);
    }

    static void describeStatement(ByteBuf out, String name) {
        int start = begin(out, 'D');
        out.writeByte('S');
        string(out, name);
        end(out, start);
    }

    /// To the unnamed portal, with all columns as text. Bytes alone go as they are.
    static void bind(ByteBuf out, String name, List<@Nullable Object> values) {
        int start = begin(out, 'B');
        out.writeByte(0);
        string(out, name);
        formats(out, values);
        out.writeShort(values.size());
        for (Object value : values) {
            if (value == null) {
                out.writeInt(-1);
            } else if (value instanceof byte[] bytes) {
                out.writeInt(bytes.length).writeBytes(bytes);
            } else {
                text(out, ValueText.of(value));
            }
        }
        out.writeShort(0);
        end(out, start);
    }

    private static void formats(ByteBuf out, List<@Nullable Object> values) {
        boolean allText = true;
        for (Object value : values) {
            allText &= !(value instanceof byte[]);
        }
        if (allText) {
            out.writeShort(0);
            return;
        }
        out.writeShort(values.size());
        for (Object value : values) {
            out.writeShort(value instanceof byte[] ? BINARY : TEXT);
        }
    }

    /// The unnamed portal, to its end.
    static void execute(ByteBuf out) {
        out.writeByte('E').writeInt(9).writeByte(0).writeInt(0);
    }

    static void sync(ByteBuf out) {
        out.writeByte('S').writeInt(4);
    }

    static void closeStatement(ByteBuf out, String name) {
        int start = begin(out, 'C');
        out.writeByte('S');
        string(out, name);
        end(out, start);
    }

    static void terminate(ByteBuf out) {
        out.writeByte('X').writeInt(4);
    }

    private static int begin(ByteBuf out, char type) {
        out.writeByte(type);
        int start = out.writerIndex();
        out.writeInt(0);
        return start;
    }

    private static void end(ByteBuf out, int start) {
        out.setInt(start, out.writerIndex() - start);
    }

    private static void string(ByteBuf out, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("SQL and names cannot hold NUL");
        }
        writeUtf8(out, text);
        out.writeByte(0);
    }

    private static void text(ByteBuf out, String text) {
        int start = out.writerIndex();
        out.writeInt(0);
        writeUtf8(out, text);
        out.setInt(start, out.writerIndex() - start - Integer.BYTES);
    }

    private static void writeUtf8(ByteBuf out, String text) {
        if (text.length() > LARGE_TEXT) {
            out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        } else {
            ByteBufUtil.writeUtf8(out, text);
        }
    }
}
