package dev.ashlar.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The networks whose word about the caller is believed, in CIDR notation (RFC 4632).
///
/// Anybody can send `X-Forwarded-For`; only a proxy of ours says it truly.
record TrustedProxies(List<Network> networks) {

    record Network(InetAddress address, int bits) {
        boolean contains(InetAddress other) {
            byte[] mine = address.getAddress();
            byte[] theirs = other.getAddress();
            int whole = bits / 8;
            int rest = bits % 8;
            return mine.length == theirs.length
                    && Arrays.equals(mine, 0, whole, theirs, 0, whole)
                    && (rest == 0 || ((mine[whole] ^ theirs[whole]) & 0xff) >> (8 - rest) == 0);
        }
    }

    static TrustedProxies parse(List<String> texts) {
        return new TrustedProxies(texts.stream().map(TrustedProxies::network).toList());
    }

    boolean isEmpty() {
        return networks.isEmpty();
    }

    boolean contains(String address) {
        return findLiteral(address)
                .filter(caller -> networks.stream().anyMatch(network -> network.contains(caller)))
                .isPresent();
    }

    /// The nearest address of a chain such as `X-Forwarded-For` that is not a proxy of ours: what
    /// stands left of it was written by the caller and proves nothing.
    String caller(String socketAddress, List<String> chain) {
        String caller = socketAddress;
        for (int i = chain.size() - 1; i >= 0 && contains(caller); i--) {
            String next = chain.get(i);
            if (findLiteral(next).isEmpty()) {
                return caller;
            }
            caller = next;
        }
        return caller;
    }

    private static Network network(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        InetAddress address =
                findLiteral(host)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "http.trusted-proxies: '"
                                                + text
                                                + "' is no address or network such as"
                                                + " 10.0.0.0/8"));
        int all = address.getAddress().length * 8;
        int bits = slash < 0 ? all : bits(text, slash);
        if (bits < 0 || bits > all) {
            throw new IllegalArgumentException(
                    "http.trusted-proxies: '" + text + "' has an impossible prefix length");
        }
        return new Network(address, bits);
    }

    private static int bits(String text, int slash) {
        try {
            return Integer.parseInt(text.substring(slash + 1));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /// Only literals, never a name that would be looked up; an IPv4 address mapped into IPv6 counts
    /// as IPv4.
    private static Optional<InetAddress> findLiteral(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
