package dev.ashlar.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/// The logging of the whole process, set up once at start.
public final class Logging implements AutoCloseable {
    /// The logger whose events are whole access lines.
    static final String ACCESS = "access";

    /// Libraries that tell more than an operator wants to know, whatever our own level is.
    private static final List<String> NOISY =
            List.of("io.netty", "io.vertx", "org.postgresql", "org.newsclub");

    /// Throws all that it logs as an error, and the message for people is made from that.
    private static final String TWICE = "org.flywaydb";

    private final AccessWriter access;

    private Logging(AccessWriter access) {
        this.access = access;
    }

    public static Logging start(LogConfig config) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        configure(context, config);
        Logger accessLogger = context.getLogger(ACCESS);
        accessLogger.setLevel(Level.INFO);
        return new Logging(
                AccessWriter.start(
                        config,
                        switch (config.accessFormat()) {
                            case OWN -> accessLogger::info;
                            case COMBINED -> Logging::toStandardOutput;
                        }));
    }

    private static void toStandardOutput(String lines) {
        System.out.print(lines);
        System.out.flush();
    }

    /// Changes what is written from now on: the least level, and which requests.
    public void use(LogConfig config) {
        ((LoggerContext) LoggerFactory.getILoggerFactory())
                .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                .setLevel(Level.valueOf(config.level().name()));
        access.use(config);
    }

    public AccessLog accessLog() {
        return access;
    }

    /// Writes what is still waiting.
    @Override
    public void close() {
        access.close();
    }

    static void configure(LoggerContext context, LogConfig config) {
        context.reset();
        Level level = Level.valueOf(config.level().name());
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        for (String library : NOISY) {
            context.getLogger(library).setLevel(Level.WARN);
        }
        context.getLogger(TWICE).setLevel(Level.OFF);
        LineEncoder encoder = new LineEncoder(config.format());
        encoder.setContext(context);
        encoder.start();
        root.addAppender(
                config.file()
                        .map(file -> toFile(context, encoder, file, config))
                        .orElseGet(() -> toStandardError(context, encoder)));
        // The JDBC driver and the Unix sockets log through java.util.logging.
        java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.WARNING);
    }

    /// Standard output belongs to the results of commands.
    private static Appender<ILoggingEvent> toStandardError(
            LoggerContext context, LineEncoder encoder) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    private static Appender<ILoggingEvent> toFile(
            LoggerContext context, LineEncoder encoder, Path file, LogConfig config) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setFile(file.toString());
        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(file + ".%i");
        rolling.setMinIndex(1);
        rolling.setMaxIndex(config.fileCount());
        rolling.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        // Its default looks at the size once a minute, which a busy server outruns.
        size.setCheckIncrement(Duration.buildBySeconds(1));
        size.setMaxFileSize(new FileSize(config.fileMegabytes() * FileSize.MB_COEFFICIENT));
        size.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(size);
        appender.start();
        return appender;
    }
}
