package dev.ashlar.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Makes one line of a log event. Events of the access log are whole lines already.
final class LineEncoder extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};
    private static final String OURS = "dev.ashlar.";

    private final LogConfig.Format format;

    LineEncoder(LogConfig.Format format) {
        this.format = format;
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String text =
                event.getLoggerName().equals(Logging.ACCESS)
                        ? event.getMessage()
                        : switch (format) {
                            case TEXT -> text(event);
                            case JSON -> json(event);
                            case COMBINED -> combined(event);
                        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(200);
        TimeText.append(line, event.getTimeStamp());
        line.append(' ');
        line.append(event.getLevel()).append(' ').append(source(event)).append(": ");
        LineText.bare(line, message(event));
        line.append('\n');
        String trace = trace(event);
        if (trace != null) {
            trace.lines().forEach(part -> indented(line, part));
        }
        return line.toString();
    }

    /// As PostgREST writes what is no request.
    private static String combined(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(200);
        line.append(TimeText.combined(event.getTimeStamp())).append(": ");
        LineText.bare(line, message(event));
        line.append('\n');
        String trace = trace(event);
        if (trace != null) {
            trace.lines().forEach(part -> indented(line, part));
        }
        return line.toString();
    }

    /// A trace holds messages, which may hold anybody's text: set off, it cannot pass for an event.
    private static void indented(StringBuilder line, String part) {
        line.append("    ");
        LineText.bare(line, part.strip());
        line.append('\n');
    }

    private static String json(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(200);
        line.append("{\"time\":\"");
        TimeText.append(line, event.getTimeStamp());
        line.append("\",\"level\":\"").append(event.getLevel());
        line.append("\",\"source\":");
        LineText.quoted(line, source(event));
        line.append(",\"message\":");
        LineText.quoted(line, message(event));
        String trace = trace(event);
        if (trace != null) {
            line.append(",\"trace\":");
            LineText.quoted(line, trace);
        }
        return line.append("}\n").toString();
    }

    private static String message(ILoggingEvent event) {
        String message = event.getFormattedMessage();
        return message == null ? "" : message;
    }

    private static String source(ILoggingEvent event) {
        String name = event.getLoggerName();
        return name.startsWith(OURS) ? name.substring(OURS.length()) : name;
    }

    private static @Nullable String trace(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        return thrown == null ? null : ThrowableProxyUtil.asString(thrown);
    }
}
