package dev.ashlar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinderTest {
    enum Mode {
        PLAIN,
        VERY_STRICT
    }

    record Door(
            @Setting(def = "3000", doc = "Port.") int port,
            @Setting(def = "30s", doc = "Patience.") Duration idleTimeout,
            @Setting(def = "10MB", doc = "Weight.") ByteSize maxBody,
            @Setting(def = "plain", doc = "Manner.") Mode mode,
            @Setting(def = "a, b", doc = "Names.") List<String> names,
            @Setting(doc = "Password.") Optional<Secret> password,
            @Setting(def = "true", doc = "Open.") boolean open,
            @Setting(def = "files", doc = "Folder.") Path folder) {
        Door {
            if (port == 13) {
                throw new IllegalArgumentException("nobody enters by port 13");
            }
        }
    }

    record House(Door frontDoor, Door backDoor) {}

    enum Guest {
        ANN,
        OLD_BOB
    }

    record Bed(
            @Setting(def = "1", doc = "Pillows.") int pillows,
            @Setting(doc = "Key.") Optional<Secret> key) {
        Bed {
            if (pillows > 9) {
                throw new IllegalArgumentException("too soft");
            }
        }
    }

    record Hotel(@Each("guest") Map<Guest, Bed> beds) {}

    @TempDir Path folder;
    private final Map<String, String> flags = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Optional<Path> file = Optional.empty();

    @Test
    void everyTypeHasItsDefault() {
        Door door = bind().frontDoor();
        assertThat(door.port()).isEqualTo(3000);
        assertThat(door.idleTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(door.maxBody()).isEqualTo(new ByteSize(10L << 20));
        assertThat(door.mode()).isEqualTo(Mode.PLAIN);
        assertThat(door.names()).containsExactly("a", "b");
        assertThat(door.password()).isEmpty();
        assertThat(door.open()).isTrue();
        assertThat(door.folder()).isEqualTo(folder.resolve("project/files"));
    }

    @Test
    void flagsBeatEnvironmentBeatsPlatformNamesBeatsFile() throws IOException {
        yaml("front-door:\n  port: 1\nback-door:\n  port: 1\n");
        environment.put("PORT", "2");
        assertThat(bind().frontDoor().port()).isEqualTo(2);
        environment.put("ASHLAR_FRONT_DOOR_PORT", "3");
        assertThat(bind().frontDoor().port()).isEqualTo(3);
        flags.put("front-door.port", "4");
        assertThat(bind().frontDoor().port()).isEqualTo(4);
        assertThat(bind().backDoor().port()).isEqualTo(1);
    }

    @Test
    void aFileHoldsListsAndDottedKeys() throws IOException {
        yaml(
                "front-door:\n  names: ['x, y', z]\n  mode: very-strict\nback-door.idle-timeout: PT5M\n");
        House house = bind();
        assertThat(house.frontDoor().names()).containsExactly("x, y", "z");
        assertThat(house.frontDoor().mode()).isEqualTo(Mode.VERY_STRICT);
        assertThat(house.backDoor().idleTimeout()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void relativePathsStartWhereTheyWereWritten() throws IOException {
        yaml("front-door:\n  folder: near\n");
        assertThat(bind().frontDoor().folder()).isEqualTo(folder.resolve("near"));
        flags.put("front-door.folder", "here");
        assertThat(bind().frontDoor().folder()).isEqualTo(folder.resolve("work/here"));
    }

    @Test
    void emptyVariablesCountAsUnset() {
        environment.put("ASHLAR_FRONT_DOOR_PORT", "");
        environment.put("PORT", " ");
        assertThat(bind().frontDoor().port()).isEqualTo(3000);
    }

    @Test
    void unknownNamesAreRefusedWithTheNearest() throws IOException {
        yaml("front-door:\n  prot: 1\n");
        environment.put("ASHLAR_FRONT_DOOR_PROT", "1");
        environment.put("ASHLAR_HOME", "/somewhere");
        flags.put("back-door.mood", "plain");
        assertThat(faults())
                .containsExactly(
                        file.orElseThrow()
                                + ":2: there is no setting front-door.prot;"
                                + " did you mean front-door.port?",
                        "environment: there is no setting ASHLAR_FRONT_DOOR_PROT;"
                                + " did you mean ASHLAR_FRONT_DOOR_PORT?",
                        "flags: there is no setting back-door.mood; did you mean back-door.mode?");
    }

    @Test
    void badValuesNameKeyOriginAndWhatToWrite() throws IOException {
        yaml("front-door:\n  port: many\n  max-body: heavy\n  open: [true]\n");
        environment.put("ASHLAR_BACK_DOOR_IDLE_TIMEOUT", "soon");
        flags.put("back-door.mode", "odd");
        assertThat(faults())
                .containsExactly(
                        file.orElseThrow()
                                + ":2: front-door.port cannot be \"many\":"
                                + " write a whole number from -2147483648 to 2147483647",
                        file.orElseThrow()
                                + ":3: front-door.max-body cannot be \"heavy\":"
                                + " write a size such as 512, 64KB, 10MB or 2GB",
                        file.orElseThrow()
                                + ":4: front-door.open cannot be \"true\":"
                                + " write one value, not a list",
                        "environment ASHLAR_BACK_DOOR_IDLE_TIMEOUT: back-door.idle-timeout cannot"
                                + " be \"soon\": write a duration such as 500ms, 30s, 5m, 2h or 7d",
                        "flag --back-door.mode: back-door.mode cannot be \"odd\":"
                                + " write one of plain, very-strict");
    }

    @Test
    void aRecordsOwnCheckIsToldWithItsOrigins() {
        flags.put("front-door.port", "13");
        assertThat(faults())
                .containsExactly(
                        "nobody enters by port 13 (front-door.port from flag --front-door.port)");
    }

    @Test
    void brokenAndMissingFilesAreFaults() throws IOException {
        yaml("front-door: [unclosed\n");
        assertThat(faults()).singleElement().asString().contains("not valid YAML");
        yaml("just text\n");
        assertThat(faults()).singleElement().asString().contains("write `section:`");
        yaml("front-door: 7\n");
        assertThat(faults()).singleElement().asString().contains("front-door is a section");
        yaml("front-door.port: 1\nfront-door:\n  port: 2\n");
        assertThat(faults()).singleElement().asString().contains("already set at");
        yaml("front-door: &again\n  port: *again\n");
        assertThat(faults()).isNotEmpty();
        file = Optional.of(folder.resolve("absent.yaml"));
        assertThat(faults()).singleElement().asString().contains("no such file");
    }

    @Test
    void theListingNamesOriginsAndMasksSecrets() {
        environment.put("ASHLAR_FRONT_DOOR_PASSWORD", "hunter2");
        Bound<House> bound = Binder.bind(House.class, sources());
        assertThat(bound.config().frontDoor().password().orElseThrow().reveal())
                .isEqualTo("hunter2");
        assertThat(bound.effective().toString()).doesNotContain("hunter2");
        assertThat(bound.effective())
                .anySatisfy(line -> {
                    assertThat(line.key().name()).isEqualTo("front-door.password");
                    assertThat(line.shown()).isEqualTo("******");
                    assertThat(line.origin().describe())
                            .isEqualTo("environment ASHLAR_FRONT_DOOR_PASSWORD");
                });
    }

    @Test
    void theReferenceListsEachKeyOnce() {
        String page = ConfigReference.markdown(House.class, Map.of("PORT", "front-door.port"));
        assertThat(page)
                .contains("## front-door")
                .contains("| `back-door.max-body` | `10MB` | size | Weight. |")
                .contains("| `front-door.mode` | `plain` | one of plain · very-strict | Manner. |")
                .contains("| `PORT` | `front-door.port` |");
    }

    private House bind() {
        return Binder.bind(House.class, sources()).config();
    }

    private ConfigSources sources() {
        return new ConfigSources(
                flags,
                environment,
                file,
                Map.of("PORT", "front-door.port"),
                Set.of("ASHLAR_HOME"),
                new ConfigSources.Folders(folder.resolve("work"), folder.resolve("project")));
    }

    private List<String> faults() {
        var thrown = assertThatThrownBy(this::bind).isInstanceOf(InvalidConfigException.class);
        return thrown.asInstanceOf(type(InvalidConfigException.class)).actual().faults();
    }

    private void yaml(String text) throws IOException {
        file = Optional.of(Files.writeString(folder.resolve("ashlar.yaml"), text));
    }

    @Test
    void aSectionForEachNameThatIsSet() throws IOException {
        assertThat(Binder.bind(Hotel.class, sources()).config().beds()).isEmpty();
        yaml("beds:\n  ann:\n    pillows: 2\n");
        environment.put("ASHLAR_BEDS_OLD_BOB_KEY", "brass");
        Bound<Hotel> bound = Binder.bind(Hotel.class, sources());
        assertThat(bound.config().beds()).containsOnlyKeys(Guest.ANN, Guest.OLD_BOB);
        assertThat(bound.config().beds().get(Guest.ANN)).isEqualTo(new Bed(2, Optional.empty()));
        Bed other = Objects.requireNonNull(bound.config().beds().get(Guest.OLD_BOB));
        assertThat(other.key().orElseThrow().reveal()).isEqualTo("brass");
        flags.put("beds.old-bob.pillows", "10");
        flags.put("beds.anne.pillows", "3");
        assertThatThrownBy(() -> Binder.bind(Hotel.class, sources()))
                .isInstanceOfSatisfying(
                        InvalidConfigException.class,
                        e ->
                                assertThat(e.faults())
                                        .anySatisfy(fault ->
                                                assertThat(fault)
                                                        .contains("did you mean beds.ann.pillows?"))
                                        .anySatisfy(
                                                fault -> assertThat(fault).startsWith("too soft")));
    }

    @Test
    void theReferenceTellsSectionsOfNamesOnce() {
        assertThat(ConfigReference.markdown(Hotel.class, Map.of()))
                .containsOnlyOnce("`beds.<guest>.pillows`")
                .doesNotContain("beds.ann");
    }
}
