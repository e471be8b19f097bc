package dev.ashlar.auth.config;

import java.util.List;
import java.util.Locale;

/// One entry of `auth.redirect-urls`: an address, or a glob over addresses.
///
/// Host and path are matched apart: however many characters a `**` of the path takes, they are not
/// those of another host. The scheme has no wildcards, nor has the last part of a host.
public final class RedirectPattern {
    private static final String WILD = "*?[{";

    private final String scheme;
    private final List<UrlGlob> authority;
    private final List<UrlGlob> rest;

    private RedirectPattern(String scheme, List<UrlGlob> authority, List<UrlGlob> rest) {
        this.scheme = scheme;
        this.authority = authority;
        this.rest = rest;
    }

    /// Throws [IllegalArgumentException].
    public static RedirectPattern parse(String text) {
        int colon = text.indexOf("://");
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!RedirectUrl.isScheme(scheme)) {
            throw refused(text, "start with http://, https:// or an app's own scheme, written out");
        }
        String after = text.substring(colon + 3);
        int slash = after.indexOf('/');
        String authority = slash < 0 ? after : after.substring(0, slash);
        String rest = slash < 0 ? "" : after.substring(slash);
        boolean web = scheme.equals("http") || scheme.equals("https");
        if (web) {
            authority = requireHost(text, authority.toLowerCase(Locale.ROOT), scheme);
            rest = rest.isEmpty() ? "/" : rest;
        } else if (rest.isEmpty() && authority.endsWith("**")) {
            // Whatever an app's scheme leads to is that app: `myapp://**` is all of it.
            rest = "**";
        }
        try {
            return new RedirectPattern(
                    scheme, UrlGlob.parse(authority, "./:@"), UrlGlob.parse(rest, "./"));
        } catch (IllegalArgumentException e) {
            throw refused(text, String.valueOf(e.getMessage()));
        }
    }

    public boolean matches(RedirectUrl url) {
        return scheme.equals(url.scheme())
                && authority.stream().anyMatch(glob -> glob.matches(url.authority()))
                && rest.stream().anyMatch(glob -> glob.matches(url.rest()));
    }

    private static String requireHost(String text, String authority, String scheme) {
        if (authority.indexOf('@') >= 0) {
            throw refused(text, "a host cannot hold @");
        }
        int port = portAt(authority);
        String host = port < 0 ? authority : authority.substring(0, port);
        String last = host.substring(host.lastIndexOf('.') + 1);
        boolean address = host.startsWith("\\[") || last.chars().allMatch(Character::isDigit);
        if (host.isEmpty() || (!address && isWild(last) && !isNetwork(host))) {
            throw refused(text, "the last part of a host has to be written out");
        }
        String implied = scheme.equals("https") ? ":443" : ":80";
        return authority.endsWith(implied) ? host : authority;
    }

    /// The colon before the port, which no bracket follows.
    private static int portAt(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? colon : -1;
    }

    /// `192.168.1.*`: three numbers written out are enough to say whose network it is.
    private static boolean isNetwork(String host) {
        return host.matches("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\*");
    }

    private static boolean isWild(String part) {
        return part.chars().anyMatch(c -> WILD.indexOf(c) >= 0);
    }

    private static IllegalArgumentException refused(String text, String reason) {
        return new IllegalArgumentException(
                "auth.redirect-urls cannot hold \"" + text + "\": " + reason);
    }
}
