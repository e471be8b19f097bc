package dev.ashlar.backend.postgres.jdbc;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.TlsFiles;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/// Opens a blocking connection per call; nothing is pooled.
public final class JdbcConnections {
    /// Socket factory by name, since pgjdbc makes it itself and hands it one string: the path.
    private static final String UNIX_SOCKETS =
            "org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg";

    private static final int CONNECT_SECONDS = 10;

    private JdbcConnections() {}

    /// `application` is what the server shows in `pg_stat_activity`.
    public static Connection open(PostgresAddress address, String application) throws SQLException {
        return source(address, application).getConnection();
    }

    /// Statements go to the server as they are written, so that it reports positions in them.
    public static PGSimpleDataSource source(PostgresAddress address, String application) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setDatabaseName(address.database());
        source.setUser(address.user());
        source.setPassword(address.password().reveal());
        source.setPortNumbers(new int[] {address.port()});
        source.setApplicationName(application);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setPreferQueryMode(PreferQueryMode.SIMPLE);
        // Kerberos is not offered, and looking for it costs a round trip.
        source.setGssEncMode("disable");
        if (address.usesSocket()) {
            source.setServerNames(new String[] {"localhost"});
            source.setSocketFactory(UNIX_SOCKETS);
            source.setSocketFactoryArg(address.host() + "/.s.PGSQL." + address.port());
            source.setSslMode("disable");
        } else {
            source.setServerNames(new String[] {address.host()});
            source.setSslMode(sslMode(address.tls()));
            goBy(address.tlsFiles(), address.tls(), source);
        }
        return source;
    }

    private static void goBy(TlsFiles files, PostgresAddress.Tls tls, PGSimpleDataSource source) {
        if (tls == PostgresAddress.Tls.DISABLE) {
            return;
        }
        if (tls.verifies() || files.sslcert().isPresent()) {
            source.setSslfactory(TlsSockets.class.getName());
        }
        files.sslrootcert().map(Path::toString).ifPresent(source::setSslRootCert);
        files.sslcert().map(Path::toString).ifPresent(source::setSslCert);
        files.sslkey().map(Path::toString).ifPresent(source::setSslKey);
    }

    private static String sslMode(PostgresAddress.Tls tls) {
        return switch (tls) {
            case DISABLE -> "disable";
            case PREFER -> "prefer";
            case REQUIRE -> "require";
            case VERIFY_CA -> "verify-ca";
            case VERIFY_FULL -> "verify-full";
        };
    }
}
