package dev.ashlar.observe;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes messages for the operator; `{}` stands for the next parameter, and a last parameter that
/// is a throwable adds its stack trace.
public final class Log {
    private final Logger logger;

    private Log(Logger logger) {
        this.logger = logger;
    }

    public static Log of(Class<?> owner) {
        return new Log(LoggerFactory.getLogger(owner));
    }

    public void debug(String message, @Nullable Object... parameters) {
        logger.debug(message, parameters);
    }

    public void info(String message, @Nullable Object... parameters) {
        logger.info(message, parameters);
    }

    /// Something is wrong that the program can live with.
    public void warn(String message, @Nullable Object... parameters) {
        logger.warn(message, parameters);
    }

    /// Something is wrong that somebody must look at.
    public void error(String message, @Nullable Object... parameters) {
        logger.error(message, parameters);
    }
}
