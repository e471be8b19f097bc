package dev.ashlar.auth.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A URL that browsers and we read alike, taken apart. `authority` is host and port, in lower case
/// and without the port that the scheme implies; `rest` is path and query.
///
/// The readings of RFC 3986 and of browsers (WHATWG) differ on backslashes, control characters,
/// letters of other scripts in hosts, user names and dots in paths. Whatever holds one of these is
/// no URL here: a list of allowed ones would check one address and the browser go to another.
public record RedirectUrl(String scheme, String authority, String rest, String fragment) {
    private static final int MAX_CHARS = 2_048;

    /// They run or read something instead of going somewhere.
    private static final Set<String> FORBIDDEN =
            Set.of(
                    "javascript",
                    "data",
                    "vbscript",
                    "file",
                    "filesystem",
                    "blob",
                    "about",
                    "view-source",
                    "jar",
                    "ws",
                    "wss",
                    "ftp",
                    "mailto",
                    "tel",
                    "urn",
                    "intent");

    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]{1,60}");
    private static final Pattern HOST =
            Pattern.compile(
                    "[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)*"
                            + "|\\[[0-9a-f:.]+]");
    private static final Pattern DOTS =
            Pattern.compile("(?:\\.|%2e){1,2}", Pattern.CASE_INSENSITIVE);

    /// Empty when the text is no URL that can be gone to safely.
    public static Optional<RedirectUrl> find(String text) {
        if (text.isEmpty() || text.length() > MAX_CHARS || !isPlain(text)) {
            return Optional.empty();
        }
        try {
            return of(new URI(new URI(text).toASCIIString()));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    static boolean isScheme(String scheme) {
        return SCHEME.matcher(scheme).matches() && !FORBIDDEN.contains(scheme);
    }

    /// Whether the scheme belongs to the web, and not to an app on a device.
    public boolean isWeb() {
        return scheme.equals("http") || scheme.equals("https");
    }

    public boolean hasOriginOf(RedirectUrl other) {
        return isWeb() && scheme.equals(other.scheme) && authority.equals(other.authority);
    }

    /// As browsers write it (RFC 6454).
    public String origin() {
        return scheme + "://" + authority;
    }

    /// Without the port.
    public String host() {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }

    /// Without the fragment.
    public String withoutFragment() {
        return scheme + "://" + authority + rest;
    }

    public String text() {
        return fragment.isEmpty() ? withoutFragment() : withoutFragment() + "#" + fragment;
    }

    @Override
    public String toString() {
        return withoutFragment();
    }

    private static Optional<RedirectUrl> of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.isOpaque() || !isScheme(scheme) || uri.getRawUserInfo() != null) {
            return Optional.empty();
        }
        boolean web = scheme.equals("http") || scheme.equals("https");
        Optional<String> authority = web ? webAuthority(uri, scheme) : appAuthority(uri);
        if (authority.isEmpty() || hasDots(uri.getRawPath())) {
            return Optional.empty();
        }
        String path = uri.getRawPath().isEmpty() && web ? "/" : uri.getRawPath();
        String rest = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        String fragment = uri.getRawFragment() == null ? "" : uri.getRawFragment();
        return Optional.of(new RedirectUrl(scheme, authority.get(), rest, fragment));
    }

    private static Optional<String> webAuthority(URI uri, String scheme) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        if (!HOST.matcher(host).matches() || uri.getPort() == 0 || uri.getPort() > 65_535) {
            return Optional.empty();
        }
        boolean implied = uri.getPort() == (scheme.equals("https") ? 443 : 80);
        // A colon without a port is dropped by browsers; ours would be compared with it.
        return Optional.of(uri.getPort() < 0 || implied ? host : host + ":" + uri.getPort());
    }

    /// An app's own scheme may be followed by no host at all: `myapp:///callback`.
    private static Optional<String> appAuthority(URI uri) {
        String authority = uri.getRawAuthority();
        boolean slashes = uri.getRawSchemeSpecificPart().startsWith("//");
        if (!slashes || (authority != null && authority.indexOf('@') >= 0)) {
            return Optional.empty();
        }
        return Optional.of(authority == null ? "" : authority);
    }

    /// Printable, no blanks, no backslash: browsers drop tabs and line ends inside of a URL and
    /// read a backslash as a slash.
    private static boolean isPlain(String text) {
        return text.chars()
                .noneMatch(c ->
                        c <= ' '
                                || c == '\\'
                                || c == 0x7f
                                || (c >= 0x80 && c <= 0x9f)
                                || Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || Character.isSurrogate((char) c)
                                || Character.getType(c) == Character.FORMAT);
    }

    private static boolean hasDots(String path) {
        for (String segment : path.split("/", -1)) {
            if (DOTS.matcher(segment).matches()) {
                return true;
            }
        }
        return false;
    }
}
