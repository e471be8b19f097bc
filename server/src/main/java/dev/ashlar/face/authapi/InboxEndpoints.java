package dev.ashlar.face.authapi;

import dev.ashlar.auth.message.Inbox;
import dev.ashlar.auth.message.Inbox.Received;
import dev.ashlar.auth.message.Messages;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.http.PathParameters;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem.PathInvalid;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// `/inbox`: in development, the messages that were not sent, as a page and as JSON
/// (`?format=json`, `&to=` for those to one address).
///
/// Whoever reads it signs in as anybody. It is there only where nothing is sent, and opens with
/// `?key=` alone, which the start prints: a proxy on this machine need not say that it is one.
/// Where one does, or a page of another origin asks, or this host goes by another name, the key is
/// of no use.
final class InboxEndpoints {
    private static final Set<String> LOCAL_NAMES =
            Set.of("localhost", "127.0.0.1", "[::1]", "0:0:0:0:0:0:0:1", "::1");
    private static final List<String> FORWARDED =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");
    private static final Pattern URL = Pattern.compile("https?://[^\\s<>\"]+");

    private final Messages messages;

    InboxEndpoints(Messages messages) {
        this.messages = messages;
    }

    HttpResponse show(HttpRequest request, PathParameters path) {
        String key = AuthRequests.findQuery(request, "key").orElse("");
        Inbox inbox =
                messages.findInbox()
                        .filter(found -> found.opensWith(key))
                        .filter(_ -> isDirect(request))
                        .orElseThrow(() -> new ProblemException(new PathInvalid(request.path())));
        String to = AuthRequests.findQuery(request, "to").orElse("").toLowerCase(Locale.ROOT);
        List<Received> received =
                inbox.messages().stream()
                        .filter(message -> to.isEmpty() || message.to().equals(to))
                        .toList();
        boolean json = AuthRequests.findQuery(request, "format").filter("json"::equals).isPresent();
        return json ? AuthJson.response(json(received)) : page(received);
    }

    private static boolean isDirect(HttpRequest request) {
        String host = String.valueOf(URI.create(request.origin()).getHost());
        boolean sameSite =
                request.findHeader("Sec-Fetch-Site")
                        .filter(site -> !site.equals("none") && !site.equals("same-origin"))
                        .isEmpty();
        return LOCAL_NAMES.contains(request.remoteAddress())
                && LOCAL_NAMES.contains(host)
                && sameSite
                && request.findHeader("Origin").isEmpty()
                && FORWARDED.stream().allMatch(name -> request.findHeader(name).isEmpty());
    }

    private static JsonObject json(List<Received> received) {
        List<JsonObject> messages =
                received.stream()
                        .map(message ->
                                new JsonObjectBuilder()
                                        .put("id", message.id().toString())
                                        .put("at", message.at().toString())
                                        .put("kind", message.kind())
                                        .put("to", message.to())
                                        .put("subject", message.subject())
                                        .put("text", message.text())
                                        .put("html", message.html())
                                        .build())
                        .toList();
        return new JsonObjectBuilder()
                .put("messages", new JsonArray(List.copyOf(messages)))
                .build();
    }

    /// The text of each, its links to click: a mail's own HTML could hold anything.
    private static HttpResponse page(List<Received> received) {
        String articles =
                received.stream()
                        .map(message ->
                                "<article><h2>"
                                        + Html.escaped(message.subject())
                                        + "</h2><p>"
                                        + Html.escaped(message.kind())
                                        + " to <b>"
                                        + Html.escaped(message.to())
                                        + "</b>, "
                                        + Html.escaped(message.at().toString())
                                        + "</p><pre>"
                                        + linked(message.text())
                                        + "</pre></article>")
                        .collect(Collectors.joining());
        return Html.page(
                "Inbox",
                "<p>No mail server is set, so messages are shown here. Reload to see new ones.</p>"
                        + (articles.isEmpty() ? "<p>There are none yet.</p>" : articles));
    }

    private static String linked(String text) {
        StringBuilder out = new StringBuilder();
        Matcher url = URL.matcher(text);
        int end = 0;
        while (url.find()) {
            String address = Html.escaped(url.group());
            out.append(Html.escaped(text.substring(end, url.start())))
                    .append("<a href=\"")
                    .append(address)
                    .append("\">")
                    .append(address)
                    .append("</a>");
            end = url.end();
        }
        return out.append(Html.escaped(text.substring(end))).toString();
    }
}
