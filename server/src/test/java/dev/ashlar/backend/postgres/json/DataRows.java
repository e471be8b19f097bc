package dev.ashlar.backend.postgres.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows as the server sends them.
final class DataRows {
    private DataRows() {}

    static ByteBuf of(@Nullable String... values) {
        return of(Arrays.asList(values));
    }

    static ByteBuf of(List<@Nullable String> values) {
        ByteBuf row = Unpooled.buffer();
        row.writeShort(values.size());
        for (String value : values) {
            if (value == null) {
                row.writeInt(-1);
            } else {
                byte[] text = value.getBytes(StandardCharsets.UTF_8);
                row.writeInt(text.length).writeBytes(text);
            }
        }
        return row;
    }
}
