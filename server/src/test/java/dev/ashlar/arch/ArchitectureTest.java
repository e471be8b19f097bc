package dev.ashlar.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The house stands by its rules, and each rule can be seen to fail.
class ArchitectureTest {
    private static final JavaClasses HOUSE =
            new ClassFileImporter().importPath(Sources.SERVER.resolve("target/classes"));

    @TempDir Path folder;

    @Test
    void everyPackageUsesOnlyFloorsBelow() {
        HouseRules.directions().check(HOUSE);
    }

    @Test
    void packagesHaveNoCycles() {
        HouseRules.noCycles().check(HOUSE);
    }

    @TestFactory
    Stream<DynamicTest> librariesStayInTheirRoom() {
        return HouseRules.librariesInTheirRoom().entrySet().stream()
                .map(rule ->
                        DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(HOUSE)));
    }

    @Test
    void futuresStayOnTheDataPath() {
        HouseRules.futuresOnTheDataPath().check(HOUSE);
    }

    @Test
    void understandingAndPlanningArePure() {
        HouseRules.purity().check(HOUSE);
        HouseRules.noClockCalls().check(HOUSE);
    }

    @Test
    void nothingIsThreadLocal() {
        HouseRules.noThreadLocals().check(HOUSE);
    }

    @Test
    void theHouseWasRead() {
        assertThat(HOUSE.size()).isGreaterThan(50);
    }

    @Test
    void floorsAreTheList() {
        assertThat(HouseRules.mayUse("engine", "backend")).isTrue();
        assertThat(HouseRules.mayUse("backend", "engine")).isFalse();
        assertThat(HouseRules.mayUse("face.rest", "face.graphql")).isFalse();
        assertThat(HouseRules.mayUse("backend.postgres", "backend.mysql")).isFalse();
        assertThat(HouseRules.mayUse("backend.postgres", "backend.sql")).isTrue();
        assertThat(HouseRules.mayUse("auth", "storage")).isFalse();
        assertThat(HouseRules.mayUse("http", "engine")).isFalse();
        assertThat(HouseRules.mayUse("http", "identity")).isTrue();
        assertThat(HouseRules.mayUse("problem", "json")).isFalse();
        assertThat(HouseRules.mayUse("app", "face.rest")).isTrue();
        assertThat(HouseRules.mayUse("catalog", "app")).isFalse();
    }

    @Test
    void aWrongDirectionIsNoticed() throws IOException {
        fails(
                HouseRules.directions(),
                "package dev.ashlar.plan; class Peeks { dev.ashlar.engine.Seen seen; }",
                "package dev.ashlar.engine; public class Seen {}");
        fails(
                HouseRules.directions(),
                "package dev.ashlar.face.soap; class Copies { dev.ashlar.face.rest.Shared[] s; }",
                "package dev.ashlar.face.rest; public class Shared {}");
    }

    @Test
    void aCycleIsNoticed() throws IOException {
        fails(
                HouseRules.noCycles(),
                "package dev.ashlar.auth.a; public class Left { dev.ashlar.auth.b.Right other; }",
                "package dev.ashlar.auth.b; public class Right { dev.ashlar.auth.a.Left other; }");
    }

    @Test
    void aLibraryOutsideItsRoomIsNoticed() throws IOException {
        for (String[] use :
                new String[][] {
                    {"tools.jackson..", "tools.jackson.core.JsonParser"},
                    {"org.slf4j..", "org.slf4j.Logger"},
                    {"picocli..", "picocli.CommandLine"},
                    {"com.ongres.scram..", "com.ongres.scram.client.ScramClient"},
                    {"java.sql..", "java.sql.Connection"},
                    {"io.vertx.core.http..", "io.vertx.core.http.HttpServer"},
                }) {
            ArchRule rule = HouseRules.librariesInTheirRoom().get(use[0]);
            assertThat(rule).as(use[0]).isNotNull();
            fails(rule, "package dev.ashlar.limit; class Leaks { " + use[1] + " leak; }");
        }
    }

    @Test
    void anImpureRoomIsNoticed() throws IOException {
        fails(
                HouseRules.purity(),
                "package dev.ashlar.plan; class Opens { java.io.InputStream in; }");
        fails(
                HouseRules.purity(),
                "package dev.ashlar.catalog; class Forks { void f(Thread t) { t.start(); } }");
        fails(
                HouseRules.noClockCalls(),
                "package dev.ashlar.policy; class Ticks { long t = System.nanoTime(); }");
    }

    @Test
    void aFutureAwayFromTheDataPathIsNoticed() throws IOException {
        fails(
                HouseRules.futuresOnTheDataPath(),
                "package dev.ashlar.auth; class Waits { io.vertx.core.Future<String> later; }");
    }

    @Test
    void aThreadLocalIsNoticed() throws IOException {
        fails(
                HouseRules.noThreadLocals(),
                "package dev.ashlar.limit; class Hides { ThreadLocal<String> hidden; }");
    }

    private void fails(ArchRule rule, String... sources) throws IOException {
        JavaClasses broken =
                Broken.compile(
                        folder.resolve("f" + Integer.toHexString(sources[0].hashCode())), sources);
        assertThat(rule.evaluate(broken).hasViolation()).as(sources[0]).isTrue();
    }
}
