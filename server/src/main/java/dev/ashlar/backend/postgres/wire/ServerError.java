package dev.ashlar.backend.postgres.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the server refused, as it said so (manual, "Error and Notice Message Fields"). Where it was
/// thrown says nothing, so it has no stack trace.
public final class ServerError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String severity;
    private final String sqlState;
    private final @Nullable String detail;
    private final @Nullable String hint;

    public ServerError(
            String severity,
            String sqlState,
            String message,
            @Nullable String detail,
            @Nullable String hint) {
        super(message, null, false, false);
        this.severity = severity;
        this.sqlState = sqlState;
        this.detail = detail;
        this.hint = hint;
    }

    /// Not the server's: what came of it is more than there is memory for. Not
    /// `program_limit_exceeded` (54000), which the data API words as a fault of the server: `PTnnn`
    /// stands for the HTTP status nnn (PostgREST reference, "Errors").
    public static ServerError tooLarge(long limit) {
        return new ServerError(
                "ERROR",
                "PT413",
                "The answer is larger than " + limit + " bytes",
                null,
                "Ask for fewer rows, columns or levels.");
    }

    /// Reads an ErrorResponse.
    static ServerError read(ByteBuf content) {
        Map<Character, String> fields = new HashMap<>();
        while (content.isReadable()) {
            char field = (char) content.readByte();
            if (field == 0) {
                break;
            }
            fields.put(field, text(content));
        }
        return new ServerError(
                // S is in the server's language; V came with PostgreSQL 9.6.
                fields.getOrDefault('V', fields.getOrDefault('S', "")),
                fields.getOrDefault('C', ""),
                fields.getOrDefault('M', ""),
                fields.get('D'),
                fields.get('H'));
    }

    /// A string up to its NUL.
    static String text(ByteBuf content) {
        int length = content.bytesBefore((byte) 0);
        if (length < 0) {
            throw new ProtocolViolationException("a string without its end");
        }
        String text = content.readString(length, StandardCharsets.UTF_8);
        content.skipBytes(1);
        return text;
    }

    /// `ERROR`, `FATAL` or `PANIC`.
    public String severity() {
        return severity;
    }

    public String sqlState() {
        return sqlState;
    }

    /// The primary message, empty when the server gave none.
    public String message() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    public @Nullable String detail() {
        return detail;
    }

    public @Nullable String hint() {
        return hint;
    }

    /// Whether the server ends the connection with it.
    public boolean isFatal() {
        return severity.equals("FATAL") || severity.equals("PANIC");
    }
}
