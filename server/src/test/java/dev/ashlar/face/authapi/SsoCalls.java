package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.testing.SoftwareIdentityProvider;
import dev.ashlar.testing.SoftwareIdentityProvider.Words;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.w3c.dom.Element;

/// What a browser, an application and an admin do in single sign-on.
record SsoCalls(RunningAuth auth) {
    static final String SELF = "http://localhost:8000/auth/v1/sso/saml/metadata";
    static final String HERE = "http://localhost:8000/auth/v1/sso/saml/acs";

    /// Somebody at an identity provider: what its page was asked with.
    record Page(String url, Map<String, String> query) {
        String state() {
            return String.valueOf(query.get("RelayState"));
        }

        String request() {
            try (InflaterInputStream in =
                    new InflaterInputStream(
                            new ByteArrayInputStream(
                                    Base64.getDecoder().decode(query.get("SAMLRequest"))),
                            new Inflater(true))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        Element asked() {
            return SoftwareIdentityProvider.parse(request()).getDocumentElement();
        }
    }

    /// The id of a provider that was added.
    String add(SoftwareIdentityProvider idp, String... domains) {
        Answer made = create(body(idp.metadata(), domains).build());
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return made.text("id");
    }

    static JsonObjectBuilder body(String metadata, String... domains) {
        return new JsonObjectBuilder()
                .put("type", "saml")
                .put("metadata_xml", metadata)
                .put(
                        "domains",
                        new JsonArray(
                                List.copyOf(
                                        List.of(domains).stream().map(JsonString::new).toList())));
    }

    Answer create(JsonObject body) {
        return auth.call("POST", "/admin/sso/providers", auth.serviceKey(), Json.write(body));
    }

    Answer update(String id, JsonObject body) {
        return auth.call("PUT", "/admin/sso/providers/" + id, auth.serviceKey(), Json.write(body));
    }

    Answer start(JsonObjectBuilder body) {
        return auth.call(
                "POST", "/sso", "", Json.write(body.put("skip_http_redirect", true).build()));
    }

    Page page(JsonObjectBuilder body) {
        Answer answer = start(body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        String url = answer.text("url");
        return new Page(url, FormFields.parse(url.substring(url.indexOf('?') + 1)));
    }

    Page page(String provider) {
        return page(new JsonObjectBuilder().put("provider_id", provider));
    }

    /// What an honest provider says to the request of the page.
    Words words(SoftwareIdentityProvider idp, Page page, String email) {
        return idp.words(SELF, HERE, page.asked().getAttribute("ID"), auth.now()).email(email);
    }

    /// Where the browser ends with the answer.
    String post(String answer, String state) {
        String form = "SAMLResponse=" + encode(answer) + "&RelayState=" + encode(state);
        return auth.call("POST", "/sso/saml/acs", "", form).location();
    }

    static Map<String, String> fields(String location) {
        int fragment = location.indexOf('#');
        int question = location.indexOf('?');
        return FormFields.parse(location.substring((fragment < 0 ? question : fragment) + 1));
    }

    /// The whole way of a browser, in the implicit flow.
    Map<String, String> signIn(
            SoftwareIdentityProvider idp, String provider, String nameId, String email) {
        Page page = page(provider);
        Words words = words(idp, page, email);
        words.nameId = nameId;
        return fields(post(idp.answer(words), page.state()));
    }

    JsonObject user(Map<String, String> session) {
        assertThat(session).containsKey("access_token");
        Answer user = auth.call("GET", "/user", session.getOrDefault("access_token", ""), "");
        assertThat(user.status()).isEqualTo(200);
        return user.body();
    }

    static JsonObject claims(String token) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
            return (JsonObject) Json.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (dev.ashlar.json.MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
