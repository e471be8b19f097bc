package dev.ashlar.observe;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Optional;

/// What is logged before [Logging#start], and by commands that never call it: warnings. Found by
/// logback through `META-INF/services`; without it logback would print everything at level debug.
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class QuietStart extends ContextAwareBase implements Configurator {
    private static final LogConfig WARNINGS =
            new LogConfig(
                    LogConfig.Level.WARN,
                    LogConfig.Format.TEXT,
                    Optional.empty(),
                    1,
                    1,
                    LogConfig.Access.OFF,
                    LogConfig.AccessFormat.OWN);

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Logging.configure(context, WARNINGS);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
