package dev.ashlar.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// HTTP/2 without TLS, frame by frame (RFC 9113 section 4), also such that no client would send.
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;
    private static final int PRIORITY = 32;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final Http2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private boolean credit = true;

    record Frame(int type, int flags, int stream, ByteBuffer payload) {
        boolean ends() {
            return (flags & END_STREAM) != 0;
        }

        int code() {
            return payload.getInt(type == GOAWAY ? 4 : 0);
        }
    }

    record Answer(Map<String, String> headers, Buffer content) {
        byte[] body() {
            return content.getBytes();
        }

        int status() {
            return Integer.parseInt(headers.getOrDefault(":status", "0"));
        }

        String text() {
            return content.toString();
        }
    }

    /// `window` is what each stream may send before it is given more.
    RawHttp2(int port, int window) throws IOException {
        socket.setReceiveBufferSize(16 << 10);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(20_000);
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream()
                .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, ByteBuffer.allocate(6).putShort((short) 4).putInt(window).array());
    }

    RawHttp2(int port) throws IOException {
        this(port, 65_535);
    }

    /// From now on the server is not told that anything has been read.
    RawHttp2 withoutCredit() {
        credit = false;
        return this;
    }

    void frame(int type, int flags, int stream, byte... payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.putInt((payload.length << 8) | type).put((byte) flags).putInt(stream).put(payload);
        socket.getOutputStream().write(frame.array());
    }

    /// A request without body; `more` are names and values in turn.
    void get(int stream, String path, String... more) throws IOException {
        byte[] head = head("GET", path, more);
        int first = Math.min(head.length, 16_000);
        boolean whole = first == head.length;
        frame(HEADERS, END_STREAM | (whole ? END_HEADERS : 0), stream, Arrays.copyOf(head, first));
        if (!whole) {
            frame(CONTINUATION, END_HEADERS, stream, Arrays.copyOfRange(head, first, head.length));
        }
    }

    /// Gives a request up.
    void reset(int stream, int code) throws IOException {
        frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(code).array());
    }

    static byte[] head(String method, String path, String... more) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        field(block, ":method", method);
        field(block, ":scheme", "https");
        field(block, ":path", path);
        field(block, ":authority", "api.example:81");
        for (int i = 0; i < more.length; i += 2) {
            field(block, more[i], more[i + 1]);
        }
        return block.toByteArray();
    }

    /// Literal, not indexed, not compressed (RFC 7541 section 6.2.2).
    private static void field(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        text(block, name);
        text(block, value);
    }

    private static void text(ByteArrayOutputStream block, String text) {
        int length = text.length();
        if (length < 127) {
            block.write(length);
        } else {
            block.write(127);
            int rest = length - 127;
            for (; rest >= 128; rest >>= 7) {
                block.write((rest & 127) | 128);
            }
            block.write(rest);
        }
        block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// The next frame that is not about settings; reads and acknowledges those.
    Frame next() throws IOException {
        while (true) {
            int head = in.readInt();
            Frame frame =
                    new Frame(
                            head & 255,
                            in.readUnsignedByte(),
                            in.readInt(),
                            ByteBuffer.wrap(in.readNBytes(head >>> 8)));
            if (frame.type() == SETTINGS && frame.flags() == 0) {
                frame(SETTINGS, ACK, 0);
            } else if (frame.type() != SETTINGS && frame.type() != WINDOW_UPDATE) {
                return frame;
            }
        }
    }

    /// The whole answer on one stream; frames of others are passed over.
    Answer answer(int stream) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            Frame frame = next();
            if (frame.type() == HEADERS) {
                Map<String, String> read = decoded(frame);
                if (frame.stream() == stream) {
                    headers.putAll(read);
                }
            }
            if (frame.type() == DATA) {
                give(0, frame.payload().limit());
                give(frame.ends() ? 0 : frame.stream(), frame.payload().limit());
            }
            if (frame.type() == GOAWAY || frame.stream() != stream) {
                continue;
            }
            if (frame.type() == RST_STREAM) {
                return new Answer(Map.of(":status", "-" + frame.code()), Buffer.buffer());
            }
            if (frame.type() == DATA) {
                body.writeBytes(frame.payload().array());
            }
            if (frame.ends()) {
                return new Answer(headers, Buffer.buffer(body.toByteArray()));
            }
        }
    }

    /// Lets the server send so much more on a stream, or on all together (0).
    void give(int stream, int bytes) {
        try {
            if (credit && bytes > 0) {
                frame(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
            }
        } catch (IOException _) {
            // It has sent all and closed.
        }
    }

    private Map<String, String> decoded(Frame frame) throws IOException {
        ByteBuf block = Unpooled.wrappedBuffer(frame.payload());
        if ((frame.flags() & PRIORITY) != 0) {
            block.skipBytes(5);
        }
        Map<String, String> headers = new TreeMap<>();
        try {
            Http2Headers read = decoder.decodeHeaders(frame.stream(), block);
            read.forEach(line -> headers.put(line.getKey().toString(), line.getValue().toString()));
        } catch (Http2Exception e) {
            throw new IOException(e);
        }
        return headers;
    }

    /// The error that the server closes the connection with; -1 when it just closes it.
    int closedWith() {
        try {
            while (true) {
                Frame frame = next();
                if (frame.type() == GOAWAY && frame.code() != 0) {
                    return frame.code();
                }
            }
        } catch (IOException e) {
            return e instanceof SocketTimeoutException ? -2 : -1;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
