package dev.ashlar.auth.link;

import dev.ashlar.auth.config.RedirectUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/// An address that a browser may be sent to. Made by [RedirectAllowList] alone, so that holding one
/// means that it was checked.
public final class RedirectTarget {
    private final RedirectUrl url;

    RedirectTarget(RedirectUrl url) {
        this.url = url;
    }

    public String text() {
        return url.text();
    }

    /// With parameters for the server of the application; the fragment stays.
    public String withQuery(Map<String, String> parameters) {
        String base = url.withoutFragment();
        String separator = base.indexOf('?') < 0 ? "?" : base.endsWith("?") ? "" : "&";
        String fragment = url.fragment().isEmpty() ? "" : "#" + url.fragment();
        return base + separator + form(parameters) + fragment;
    }

    /// With parameters that only the page itself sees: a fragment is sent to no server.
    public String withFragment(Map<String, String> parameters) {
        return url.withoutFragment() + "#" + form(parameters);
    }

    /// With the same parameters in both places, as errors are told.
    public String withQueryAndFragment(Map<String, String> parameters) {
        String query = withQuery(parameters);
        int fragment = query.indexOf('#');
        return (fragment < 0 ? query : query.substring(0, fragment)) + "#" + form(parameters);
    }

    @Override
    public String toString() {
        return url.toString();
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
