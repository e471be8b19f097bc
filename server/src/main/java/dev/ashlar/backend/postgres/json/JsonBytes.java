package dev.ashlar.backend.postgres.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes of JSON as they grow. What is copied in is looked through where it then stands, eight
/// bytes at a time, and moved apart only where something has to be escaped.
final class JsonBytes {
    /// What an array can hold on all machines.
    static final int MAX_LENGTH = Integer.MAX_VALUE - 16;

    /// A control character becomes six.
    static final int MAX_GROWTH = 6;

    static final int FIRST_LENGTH = 512;

    /// Up to here fewer copies count for more than bytes that stay empty.
    static final int LARGE = 64 << 10;

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    /// By byte: how many more it takes when it is escaped. Those beyond ASCII are as they are,
    /// since all text is UTF-8; so is DEL.
    private static final byte[] GROWTH = growth();

    private byte[] bytes;
    private int length;

    JsonBytes() {
        this(FIRST_LENGTH);
    }

    /// With room for so many.
    JsonBytes(int expected) {
        bytes = new byte[expected];
    }

    private static byte[] growth() {
        byte[] growth = new byte[256];
        Arrays.fill(growth, 0, ' ', (byte) (MAX_GROWTH - 1));
        for (char c : new char[] {'\b', '\t', '\n', '\f', '\r', '"', '\\'}) {
            growth[c] = 1;
        }
        return growth;
    }

    int length() {
        return length;
    }

    byte at(int index) {
        return bytes[index];
    }

    void set(int index, char ascii) {
        bytes[index] = (byte) ascii;
    }

    /// Takes back all from there on.
    void cut(int from) {
        length = from;
    }

    void put(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
    }

    void put(byte[] constant) {
        put(constant, 0, constant.length);
    }

    void put(byte[] from, int at, int count) {
        reserve(count);
        System.arraycopy(from, at, bytes, length, count);
        length += count;
    }

    /// A JSON string as `escape_json` writes it.
    void quoted(byte[] utf8, int at, int count) {
        put('"');
        put(utf8, at, count);
        escape(length - count);
        put('"');
    }

    /// The bytes themselves, of which nothing more may be written.
    ByteBuf toBuffer() {
        return Unpooled.wrappedBuffer(bytes, 0, length);
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
        if (more > bytes.length - length) {
            long least = (long) length + more;
            if (least > MAX_LENGTH) {
                throw new IllegalStateException("more JSON than an array can hold");
            }
            long grown = (bytes.length < LARGE ? 4L : 2L) * bytes.length;
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_LENGTH, Math.max(least, grown)));
        }
    }

    private void escape(int from) {
        int first = firstToEscape(from);
        if (first < length) {
            moveApart(first);
        }
    }

    private int firstToEscape(int from) {
        int i = from;
        for (int last = length - Long.BYTES; i <= last; i += Long.BYTES) {
            if (needsEscape((long) EIGHT.get(bytes, i))) {
                break;
            }
        }
        while (i < length && GROWTH[bytes[i] & 0xff] == 0) {
            i++;
        }
        return i;
    }

    /// Whether one of eight bytes is below a space, a quote or a backslash (Sean Anderson, "Bit
    /// Twiddling Hacks", "Determine if a word has a byte less than n").
    private static boolean needsEscape(long eight) {
        long quote = eight ^ (ONES * '"');
        long backslash = eight ^ (ONES * '\\');
        long found =
                ((eight - ONES * ' ') & ~eight)
                        | ((quote - ONES) & ~quote)
                        | ((backslash - ONES) & ~backslash);
        return (found & HIGH_BITS) != 0;
    }

    /// From the end, so that nothing is overwritten before it was moved.
    private void moveApart(int first) {
        int more = 0;
        for (int i = first; i < length; i++) {
            more += GROWTH[bytes[i] & 0xff];
        }
        int from = length - 1;
        reserve(more);
        length += more;
        int to = length - 1;
        while (from < to) {
            byte b = bytes[from--];
            switch (GROWTH[b & 0xff]) {
                case 0 -> bytes[to--] = b;
                case 1 -> {
                    bytes[to--] = letter(b);
                    bytes[to--] = '\\';
                }
                default -> {
                    bytes[to--] = DIGITS[b & 0xf];
                    bytes[to--] = DIGITS[b >> 4];
                    bytes[to--] = '0';
                    bytes[to--] = '0';
                    bytes[to--] = 'u';
                    bytes[to--] = '\\';
                }
            }
        }
    }

    private static byte letter(byte escaped) {
        return switch (escaped) {
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            default -> escaped;
        };
    }
}
