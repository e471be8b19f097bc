package dev.ashlar.backend.postgres.jdbc;

import dev.ashlar.config.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/// Where a database is and who connects. A `host` that starts with `/` is the directory of a Unix
/// socket; `sslMode` is libpq's word and is meant for TCP.
public record JdbcAddress(
        String host, int port, String database, String user, Secret password, String sslMode) {

    /// Socket factory by name, since pgjdbc makes it itself and hands it one string: the path.
    private static final String UNIX_SOCKETS =
            "org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg";

    private static final int CONNECT_SECONDS = 10;

    /// Over TCP without encryption, or over a Unix socket.
    public JdbcAddress(String host, int port, String database, String user, Secret password) {
        this(host, port, database, user, password, "disable");
    }

    /// Shown to the server (`pg_stat_activity`) as `application`.
    public Connection open(String application) throws SQLException {
        return dataSource(application).getConnection();
    }

    /// Statements go to the server as they are written, so that it reports positions in them.
    public PGSimpleDataSource dataSource(String application) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        Optional<String> socket = findSocketPath();
        source.setServerNames(new String[] {socket.isPresent() ? "localhost" : host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(user);
        source.setPassword(password.reveal());
        source.setApplicationName(application);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setPreferQueryMode(PreferQueryMode.SIMPLE);
        source.setSslMode(socket.isPresent() ? "disable" : sslMode);
        // Kerberos is not offered, and looking for it costs a round trip.
        source.setGssEncMode("disable");
        socket.ifPresent(path -> {
            source.setSocketFactory(UNIX_SOCKETS);
            source.setSocketFactoryArg(path);
        });
        return source;
    }

    /// The same database as somebody else.
    public JdbcAddress as(String otherUser, Secret otherPassword) {
        return new JdbcAddress(host, port, database, otherUser, otherPassword, sslMode);
    }

    private Optional<String> findSocketPath() {
        return host.startsWith("/")
                ? Optional.of(String.join("/", List.of(host, ".s.PGSQL." + port)))
                : Optional.empty();
    }
}
