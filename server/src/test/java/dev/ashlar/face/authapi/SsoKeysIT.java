package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.face.authapi.SsoCalls.Page;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.testing.PostgresForTests;
import dev.ashlar.testing.SoftwareIdentityProvider;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Keys of single sign-on: those of identity providers, which change, and our own.
class SsoKeysIT {
    private static final SoftwareIdentityProvider SIGNER = SoftwareIdentityProvider.rsa("us");

    private static Vertx vertx;

    /// Signs its requests, and fetches from this machine.
    private static RunningAuth auth;

    private static SsoCalls sso;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        String key =
                Base64.getMimeEncoder().encodeToString(SIGNER.keys().getPrivate().getEncoded());
        auth =
                new RunningAuth(
                        vertx,
                        PostgresForTests.fresh(),
                        "auth.saml.enabled=true",
                        "auth.saml.signing-key=-----BEGIN PRIVATE KEY-----\n"
                                + key
                                + "\n-----END PRIVATE KEY-----",
                        "auth.saml.signing-certificate=" + SIGNER.certificate(),
                        "auth.outbound.private-addresses=true");
        sso = new SsoCalls(auth);
    }

    @AfterAll
    static void stop() {
        auth.close();
        vertx.close();
    }

    private static String email() {
        return UUID.randomUUID() + "@acme.example";
    }

    private static String name() {
        return UUID.randomUUID().toString();
    }

    private static JsonObjectBuilder with(String name, String value) {
        return new JsonObjectBuilder().put(name, value);
    }

    @Test
    void requestsAreSignedWhereThereIsAKey() throws Exception {
        String id = sso.add(SoftwareIdentityProvider.rsa("https://signed.example"));
        Page page = sso.page(id);
        String query = page.url().substring(page.url().indexOf('?') + 1);
        Signature check = Signature.getInstance("SHA256withRSA");
        check.initVerify(SIGNER.keys().getPublic());
        check.update(
                query.substring(0, query.indexOf("&Signature="))
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(check.verify(Base64.getDecoder().decode(page.query().get("Signature"))))
                .isTrue();
        assertThat(page.query().get("SigAlg"))
                .isEqualTo("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
        Answer metadata = auth.call("GET", "/sso/saml/metadata", "", "");
        assertThat(metadata.status()).isEqualTo(200);
    }

    @Test
    void keysOfAnIdentityProviderAreChangedWithoutABreak() throws IOException {
        SoftwareIdentityProvider old = SoftwareIdentityProvider.rsa("https://rolling.example");
        SoftwareIdentityProvider next = SoftwareIdentityProvider.rsa("https://rolling.example");
        AtomicReference<String> published = new AtomicReference<>(old.metadata());
        AtomicInteger asked = new AtomicInteger();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/metadata",
                exchange -> {
                    asked.incrementAndGet();
                    byte[] body = published.get().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        try {
            String url = "http://localhost:" + server.getAddress().getPort() + "/metadata";
            Answer made = sso.create(with("type", "saml").put("metadata_url", url).build());
            assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
            assertThat(made.object("saml").findText("metadata_url")).contains(url);
            String id = made.text("id");
            assertThat(sso.signIn(old, id, name(), email())).containsKey("access_token");
            assertThat(asked).hasValue(1);

            // A key that is not published is not believed, and asking is not for free.
            auth.pass(Duration.ofMinutes(2));
            assertThat(sso.signIn(next, id, name(), email())).containsKey("error");
            assertThat(sso.signIn(next, id, name(), email())).containsKey("error");
            assertThat(asked).hasValue(2);

            // Published, it is found when a signature fits none of the known ones.
            published.set(next.metadata(old));
            auth.pass(Duration.ofMinutes(2));
            assertThat(sso.signIn(next, id, name(), email())).containsKey("access_token");
            assertThat(sso.signIn(old, id, name(), email())).containsKey("access_token");

            // Taken back, it is forgotten after a day.
            published.set(next.metadata());
            auth.pass(Duration.ofHours(25));
            assertThat(sso.signIn(old, id, name(), email())).containsKey("error");
            assertThat(sso.signIn(next, id, name(), email())).containsKey("access_token");

            // Metadata of somebody else is not taken.
            published.set(SoftwareIdentityProvider.rsa("https://evil.example").metadata());
            auth.pass(Duration.ofHours(25));
            assertThat(sso.signIn(next, id, name(), email())).containsKey("access_token");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void keysAreChangedByAnAdminToo() {
        SoftwareIdentityProvider old = SoftwareIdentityProvider.rsa("https://byhand.example");
        SoftwareIdentityProvider next = SoftwareIdentityProvider.ec("https://byhand.example");
        String id = sso.add(old);
        assertThat(sso.signIn(next, id, name(), email())).containsKey("error");
        sso.update(id, with("metadata_xml", old.metadata(next)).build());
        assertThat(sso.signIn(old, id, name(), email())).containsKey("access_token");
        assertThat(sso.signIn(next, id, name(), email())).containsKey("access_token");
        sso.update(id, with("metadata_xml", next.metadata()).build());
        assertThat(sso.signIn(old, id, name(), email())).containsKey("error");
    }
}
