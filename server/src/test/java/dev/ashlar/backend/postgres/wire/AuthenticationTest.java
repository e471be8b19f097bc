package dev.ashlar.backend.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.config.Secret;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// SCRAM as a whole is what all tests on databases log in by.
class AuthenticationTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final Authentication authentication = with("secret");
    private final ByteBuf out = Unpooled.buffer();

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void nothingIsAsked() {
        assertThat(authentication.receive(asked(0), out).result()).isTrue();
        assertThat(out.isReadable()).isFalse();
    }

    @Test
    void aPasswordAsItIs() {
        assertThat(authentication.receive(asked(3), out).result()).isFalse();
        assertThat(sent()).isEqualTo("p\0\0\0\013secret\0");
    }

    /// echo -n "md5$(echo -n "$(echo -n secretapp | md5sum | cut -c1-32)abcd" | md5sum)"
    @Test
    void aPasswordAsMd5() {
        authentication.receive(asked(5).writeBytes("abcd".getBytes(StandardCharsets.UTF_8)), out);
        assertThat(sent()).startsWith("p\0\0\0\050md5").endsWith("\0").hasSize(41);
        assertThat(sent()).contains("883f61cc18cc4ae54ca301892bb10c29");
    }

    @Test
    void aPasswordThatIsNotThere() {
        assertThatThrownBy(() -> with("").receive(asked(3), out))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("names none");
    }

    @Test
    void aServerThatDoesNotProveThatItKnowsThePassword() {
        ByteBuf mechanisms = asked(10).writeBytes(utf8("SCRAM-SHA-256\0\0"));
        assertThat(authentication.receive(mechanisms, out).result()).isFalse();
        assertThat(sent()).contains("SCRAM-SHA-256\0").contains("n,,n=");
        assertThatThrownBy(() -> authentication.receive(asked(0), out))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("did not show");
    }

    @Test
    void aServerWhosePartOfScramIsNoAnswerToOurs() {
        authentication.receive(asked(10).writeBytes(utf8("SCRAM-SHA-256\0\0")), out);
        ByteBuf other = asked(11).writeBytes(utf8("r=somebody,s=c2FsdA==,i=4096"));
        assertThatThrownBy(() -> authentication.receive(other, out))
                .isInstanceOf(ProtocolViolationException.class);
    }

    @Test
    void aServerThatAsksForTooMuchWork() {
        authentication.receive(asked(10).writeBytes(utf8("SCRAM-SHA-256\0\0")), out);
        String nonce = sent().substring(sent().indexOf(",r=") + 3);
        ByteBuf endless = asked(11).writeBytes(utf8("r=" + nonce + "x,s=c2FsdA==,i=2000000000"));
        assertThat(authentication.receive(endless, out).cause())
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("rounds");
    }

    @Test
    void waysThatAreNotKnown() {
        assertThatThrownBy(() -> authentication.receive(asked(7), out))
                .hasMessageContaining("scram-sha-256");
        ByteBuf mechanisms = asked(10).writeBytes(utf8("OAUTHBEARER\0\0"));
        assertThatThrownBy(() -> authentication.receive(mechanisms, out))
                .hasMessageContaining("OAUTHBEARER");
        assertThatThrownBy(() -> authentication.receive(asked(11), out))
                .hasMessageContaining("did not begin");
    }

    private static Authentication with(String password) {
        Secret secret = new Secret(password);
        return new Authentication(
                new Login("app", secret, "db", Map.of()),
                new ScramKeys(secret),
                ((VertxInternal) VERTX).createEventLoopContext(),
                null);
    }

    private static ByteBuf asked(int kind) {
        return Unpooled.buffer().writeInt(kind);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String sent() {
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
