package dev.ashlar.app;

import dev.ashlar.app.postgrest.PostgrestSettings;
import dev.ashlar.backend.postgres.CatalogListener;
import dev.ashlar.backend.postgres.CatalogSignal;
import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.observe.Log;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The drop-in's ear at the database: a listener on the channel that the settings name, another one
/// when they change, none when they say so.
final class CatalogChannel {
    private static final Log LOG = Log.of(CatalogChannel.class);

    private final Vertx vertx;
    private final Runnable readSchema;
    private final Runnable readAll;
    private final Runnable onLoss;

    private Optional<Place> place = Optional.empty();
    private @Nullable CatalogListener listener;
    private boolean closed;

    private record Place(String uri, String channel) {}

    /// What is to be done when the schema, or all with the settings, must be read anew, and as long
    /// as the database is gone.
    CatalogChannel(Vertx vertx, Runnable readSchema, Runnable readAll, Runnable onLoss) {
        this.vertx = vertx;
        this.onLoss = onLoss;
        this.readSchema = readSchema;
        this.readAll = readAll;
    }

    synchronized void use(PostgrestSettings settings, Config config) {
        Optional<Place> named =
                settings.flag("db-channel-enabled")
                        ? Optional.of(
                                new Place(settings.databaseUri(), settings.value("db-channel")))
                        : Optional.empty();
        if (closed || named.equals(place)) {
            return;
        }
        hangUp();
        place = named;
        if (named.isPresent()) {
            String name = named.get().channel();
            listener =
                    CatalogListener.start(
                            vertx,
                            PostgresAddress.parse(named.get().uri()),
                            config.database(),
                            name,
                            signal -> on(signal, name));
        }
    }

    synchronized void close() {
        closed = true;
        hangUp();
    }

    private void hangUp() {
        CatalogListener present = listener;
        if (present != null) {
            listener = null;
            App.await(present.stop());
        }
    }

    private void on(CatalogSignal signal, String name) {
        switch (signal) {
            case LISTENING -> {
                LOG.info("Listening for database notifications on the \"{}\" channel", name);
                readAll.run();
            }
            case LOST, UNREACHABLE -> onLoss.run();
            case SCHEMA -> {
                LOG.info("Received a schema cache reload message on the \"{}\" channel", name);
                readSchema.run();
            }
            case CONFIG -> {
                LOG.info("Received a config reload message on the \"{}\" channel", name);
                readAll.run();
            }
        }
    }
}
