package dev.ashlar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private static final List<String> COMMANDS = List.of("serve", "migrate", "keys", "config");

    @Test
    void findsWhatWasMeant() {
        assertThat(NearestName.find("sreve", COMMANDS)).contains("serve");
        assertThat(NearestName.find("migrat", COMMANDS)).contains("migrate");
        assertThat(NearestName.find("conifg", COMMANDS)).contains("config");
        assertThat(NearestName.find("key", COMMANDS)).contains("keys");
    }

    @Test
    void staysSilentWhenNothingIsNear() {
        assertThat(NearestName.find("zebra", COMMANDS)).isEmpty();
        assertThat(NearestName.find("", COMMANDS)).isEmpty();
    }

    @Test
    void countsASwapAsOneEdit() {
        assertThat(NearestName.distance("prot", "port")).isEqualTo(1);
        assertThat(NearestName.distance("", "abc")).isEqualTo(3);
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
    }
}
