package dev.ashlar.auth.audit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// From where a request comes: the address it is limited and audited by, and the browser's own name
/// for itself, empty when it gave none.
public record Visitor(String address, String userAgent) {
    private static final Pattern IP = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final int MAX_AGENT_CHARS = 500;

    public Visitor {
        if (userAgent.length() > MAX_AGENT_CHARS) {
            userAgent = userAgent.substring(0, MAX_AGENT_CHARS);
        }
    }

    /// By what attempts are counted. Whoever has an IPv6 address has the 2^64 of its network too
    /// (RFC 6177), so they count as one.
    public String network() {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address caller
                    ? HexFormat.of().formatHex(caller.getAddress(), 0, 8)
                    : address;
        } catch (IllegalArgumentException _) {
            return address;
        }
    }

    /// The address if it is one of IP; a Unix socket has none.
    public Optional<String> findIp() {
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        return IP.matcher(plain).matches() ? Optional.of(plain) : Optional.empty();
    }
}
