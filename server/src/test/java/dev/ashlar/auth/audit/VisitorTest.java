package dev.ashlar.auth.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisitorTest {
    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:1:2:3, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "192.0.2.1, 192.0.2.2, false",
        "::ffff:192.0.2.1, ::ffff:192.0.2.2, false",
        "unknown, unknown, true",
        "a:b, a:c, false",
    })
    void addressesOfOneNetworkCountAsOne(String one, String other, boolean together) {
        String network = new Visitor(one, "").network();
        assertThat(new Visitor(other, "").network().equals(network)).isEqualTo(together);
    }
}
