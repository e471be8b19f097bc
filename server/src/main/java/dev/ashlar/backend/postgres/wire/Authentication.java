package dev.ashlar.backend.postgres.wire;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.ClientFirstMessage;
import com.ongres.scram.common.ServerFirstMessage;
import com.ongres.scram.common.exception.ScramException;
import com.ongres.scram.common.util.TlsServerEndpoint;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
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
    private final ScramKeys keys;
    private final ContextInternal context;
    private final @Nullable X509Certificate server;
    private List<String> mechanisms = List.of();
    private String nonce = "";
    private @Nullable ScramClient scram;
    private boolean proved = true;

    /// `server` is its certificate, on an encrypted connection.
    Authentication(
            Login login,
            ScramKeys keys,
            ContextInternal context,
            @Nullable X509Certificate server) {
        this.login = login;
        this.keys = keys;
        this.context = context;
        this.server = server;
    }

    /// Reads an Authentication message and writes what answers it, at once but for the keys of
    /// SCRAM, which may have to be made first. True when we are in.
    Future<Boolean> receive(ByteBuf content, ByteBuf out) {
        int kind = content.readInt();
        switch (kind) {
            case OK -> {
                if (!proved) {
                    throw new ProtocolViolationException(
                            "the server did not show that it knows the password");
                }
                return Future.succeededFuture(true);
            }
            case CLEARTEXT -> FrontendMessages.password(out, password());
            case MD5 -> FrontendMessages.password(out, md5(content));
            case SASL -> begin(content, out);
            case SASL_CONTINUE -> {
                return answer(rest(content), out).map(false);
            }
            case SASL_FINAL -> check(content);
            default ->
                    throw new ProtocolViolationException(
                            "the server asks for a way to log in that is not supported ("
                                    + kind
                                    + "): use scram-sha-256, md5, password, trust or peer");
        }
        return Future.succeededFuture(false);
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
        List<String> offered = new ArrayList<>();
        for (String name = ServerError.text(content);
                !name.isEmpty();
                name = ServerError.text(content)) {
            offered.add(name);
        }
        proved = false;
        mechanisms = offered;
        ScramClient client = built(client().password(password().toCharArray()));
        scram = client;
        ClientFirstMessage first = client.clientFirstMessage();
        nonce = first.getClientNonce();
        FrontendMessages.saslInitialResponse(
                out, client.getScramMechanism().getName(), first.toString());
    }

    private ScramClient.PasswordBuildStage client() {
        try {
            // The server takes the name of the startup message, and ignores this one.
            return ScramClient.builder().advertisedMechanisms(mechanisms).username("*");
        } catch (IllegalArgumentException e) {
            throw unknownMechanisms();
        }
    }

    private ScramClient built(ScramClient.FinalBuildStage builder) {
        byte[] binding = channelBinding();
        if (binding.length > 0) {
            builder.channelBinding(TlsServerEndpoint.TLS_SERVER_END_POINT, binding);
        }
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw unknownMechanisms();
        }
    }

    private ProtocolViolationException unknownMechanisms() {
        return new ProtocolViolationException(
                "the server offers no way to log in that is known here: " + mechanisms);
    }

    private byte[] channelBinding() {
        try {
            return server == null ? new byte[0] : TlsServerEndpoint.getChannelBindingData(server);
        } catch (CertificateEncodingException e) {
            throw new ProtocolViolationException("the server's certificate cannot be read");
        }
    }

    private Future<Void> answer(String challenge, ByteBuf out) {
        begun();
        ServerFirstMessage asked;
        try {
            asked = ServerFirstMessage.parseFrom(challenge, nonce);
        } catch (ScramException | IllegalArgumentException e) {
            throw new ProtocolViolationException("the server's part of SCRAM is wrong");
        }
        return keys.of(asked.getSalt(), asked.getIterationCount(), context)
                .map(known -> {
                    answer(challenge, known, out);
                    return null;
                });
    }

    /// Which keys are needed is known only now: another client says the same and goes on from here.
    private void answer(String challenge, ScramKeys.Keys known, ByteBuf out) {
        ScramClient client =
                built(
                        client().clientAndServerKey(known.client(), known.server())
                                .nonceSupplier(() -> nonce));
        try {
            client.clientFirstMessage();
            client.serverFirstMessage(challenge);
            FrontendMessages.saslResponse(out, client.clientFinalMessage().toString());
        } catch (ScramException | IllegalArgumentException | IllegalStateException e) {
            throw new ProtocolViolationException("the server's part of SCRAM is wrong");
        }
        scram = client;
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
