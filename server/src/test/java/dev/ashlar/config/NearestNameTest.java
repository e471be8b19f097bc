package dev.ashlar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
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

    @Test
    void aBoundOnlyCutsOffWhatIsBeyondIt() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            String a = word(random);
            String b = word(random);
            int distance = NearestName.distance(a, b);
            int most = random.nextInt(6);
            assertThat(NearestName.distance(a, b, most))
                    .as("%s %s %d", a, b, most)
                    .isEqualTo(Math.min(distance, most + 1));
        }
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(9); i > 0; i--) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }
}
