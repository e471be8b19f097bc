package dev.ashlar.auth.outbound;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/// Tells addresses of the open internet from those that lead into a network of one's own: the
/// special-purpose registries of IANA (RFC 6890).
final class PublicAddresses {
    private PublicAddresses() {}

    static boolean covers(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        return switch (address) {
            case Inet4Address four -> coversFour(four.getAddress());
            case Inet6Address six -> coversSix(six.getAddress());
            default -> false;
        };
    }

    private static boolean coversFour(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        int third = bytes[2] & 0xff;
        boolean special =
                first == 0
                        || first >= 240
                        // Shared by providers (RFC 6598).
                        || (first == 100 && second >= 64 && second < 128)
                        || (first == 192 && second == 0 && (third == 0 || third == 2))
                        || (first == 192 && second == 88 && third == 99)
                        // Benchmarks and documentation (RFC 2544, RFC 5737).
                        || (first == 198 && (second == 18 || second == 19))
                        || (first == 198 && second == 51 && third == 100)
                        || (first == 203 && second == 0 && third == 113);
        return !special;
    }

    /// Global unicast is 2000::/3; within it some prefixes carry an IPv4 address in disguise.
    private static boolean coversSix(byte[] bytes) {
        int first = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        int second = ((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff);
        boolean global = (bytes[0] & 0xe0) == 0x20;
        // 6to4, and 2001::/23 with Teredo; documentation.
        boolean disguised = first == 0x2002 || (first == 0x2001 && second < 0x0200);
        boolean documentation =
                (first == 0x2001 && second == 0x0db8) || (first == 0x3fff && second < 0x1000);
        return global && !disguised && !documentation;
    }
}
