package dev.ashlar.backend.postgres.wire;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramException;
import com.ongres.scram.common.util.TlsServerEndpoint;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers what the server asks at the door: a password as it is, as MD5, or by SCRAM-SHA-256 (RFC
/// 5802, RFC 7677), bound to the channel where that is encrypted.
final class Authentication {
    private static final int OK = 0;
    private static final int CLEARTEXT = 3;
    private static final int MD5 = 5;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;

    private final Login login;
    private final @Nullable X509Certificate server;
    private @Nullable ScramClient scram;
    private boolean proved = true;

    /// `server` is its certificate, on an encrypted connection.
    Authentication(Login login, @Nullable X509Certificate server) {
        this.login = login;
        this.server = server;
    }

    /// Reads an Authentication message and writes what answers it. True when we are in.
    boolean receive(ByteBuf content, ByteBuf out) {
        int kind = content.readInt();
        switch (kind) {
            case OK -> {
                if (!proved) {
                    throw new ProtocolViolationException(
                            "the server did not show that it knows the password");
                }
                return true;
            }
            case CLEARTEXT -> FrontendMessages.password(out, password());
            case MD5 -> FrontendMessages.password(out, md5(content));
            case SASL -> begin(content, out);
            case SASL_CONTINUE -> answer(content, out);
            case SASL_FINAL -> check(content);
            default ->
                    throw new ProtocolViolationException(
                            "the server asks for a way to log in that is not supported ("
                                    + kind
                                    + "): use scram-sha-256, md5, password, trust or peer");
        }
        return false;
    }

    private String password() {
        String password = login.password().reveal();
        if (password.isEmpty()) {
            throw new ProtocolViolationException(
                    "the server asks for a password, and the address names none");
        }
        return password;
    }

    /// `md5` and then the digest, in hex, of another such digest (of password and user) and a salt.
    private String md5(ByteBuf content) {
        byte[] salt = new byte[4];
        content.readBytes(salt);
        byte[] inner = hex(digest(utf8(password()), utf8(login.user())));
        return "md5" + new String(hex(digest(inner, salt)), StandardCharsets.US_ASCII);
    }

    private static byte[] digest(byte[] first, byte[] second) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(first);
            return md5.digest(second);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no MD5", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII);
    }

    private void begin(ByteBuf content, ByteBuf out) {
        List<String> mechanisms = new ArrayList<>();
        for (String name = ServerError.text(content);
                !name.isEmpty();
                name = ServerError.text(content)) {
            mechanisms.add(name);
        }
        proved = false;
        ScramClient client = client(mechanisms);
        scram = client;
        FrontendMessages.saslInitialResponse(
                out, client.getScramMechanism().getName(), client.clientFirstMessage().toString());
    }

    private ScramClient client(List<String> mechanisms) {
        // The server takes the name of the startup message, and ignores this one.
        var builder =
                ScramClient.builder()
                        .advertisedMechanisms(mechanisms)
                        .username("*")
                        .password(password().toCharArray());
        byte[] binding = channelBinding();
        if (binding.length > 0) {
            builder.channelBinding(TlsServerEndpoint.TLS_SERVER_END_POINT, binding);
        }
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new ProtocolViolationException(
                    "the server offers no way to log in that is known here: " + mechanisms);
        }
    }

    private byte[] channelBinding() {
        try {
            return server == null ? new byte[0] : TlsServerEndpoint.getChannelBindingData(server);
        } catch (CertificateEncodingException e) {
            throw new ProtocolViolationException("the server's certificate cannot be read");
        }
    }

    private void answer(ByteBuf content, ByteBuf out) {
        ScramClient client = begun();
        try {
            client.serverFirstMessage(rest(content));
            FrontendMessages.saslResponse(out, client.clientFinalMessage().toString());
        } catch (ScramException | IllegalArgumentException | IllegalStateException e) {
            throw new ProtocolViolationException("the server's part of SCRAM is wrong");
        }
    }

    private void check(ByteBuf content) {
        try {
            begun().serverFinalMessage(rest(content));
        } catch (ScramException | IllegalArgumentException | IllegalStateException e) {
            throw new ProtocolViolationException(
                    "the server did not show that it knows the password");
        }
        proved = true;
    }

    private ScramClient begun() {
        if (scram == null) {
            throw new ProtocolViolationException("SCRAM goes on that did not begin");
        }
        return scram;
    }

    private static String rest(ByteBuf content) {
        return content.toString(StandardCharsets.UTF_8);
    }
}
