package dev.ashlar.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Reads every source file and holds it to the sizes and habits of CONTRIBUTING.md.
class TidyTest {
    /// The exceptions, by rule and file. The lists only shrink: an entry that is no longer needed
    /// fails too.
    private static final Map<String, Set<String>> EXCEPT =
            Map.of(
                    "file", Set.of(),
                    "method", Set.of(),
                    "marker", Set.of(),
                    "name", Set.of(),
                    "catch", Set.of(),
                    "sql", Set.of());

    /// Where statements are written: the databases' own packages and the domains' narrow stores.
    private static final List<String> SQL_HOMES =
            List.of("src/main/java/dev/ashlar/backend/", "Store.java", "auth/AuditLog.java");

    @Test
    void everySourceIsTidy() {
        List<String> faults = new ArrayList<>();
        Set<String> used = new TreeSet<>();
        TidyRules.check(
                texts(Sources.MAIN),
                (name, fault) -> {
                    if (EXCEPT.getOrDefault(fault.rule(), Set.of()).contains(name)) {
                        used.add(fault.rule() + " " + name);
                    } else if (!isSqlAtHome(fault, name)) {
                        faults.add(line(name, fault));
                    }
                });
        assertThat(faults).isEmpty();
        assertThat(used).as("exceptions still needed").isEqualTo(allExceptions());
    }

    @Test
    void testsKeepToSizesToo() {
        List<String> faults = new ArrayList<>();
        TidyRules.check(
                texts(Sources.TEST),
                (name, fault) -> {
                    if (Set.of("file", "marker", "name").contains(fault.rule())) {
                        faults.add(line(name, fault));
                    }
                });
        assertThat(faults).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        List<String> silent = new ArrayList<>();
        for (Path folder : Sources.folders(Sources.MAIN)) {
            if (!holdsTypes(folder)) {
                continue;
            }
            Path file = folder.resolve("package-info.java");
            String text = Files.exists(file) ? Sources.text(file) : "";
            boolean says = text.lines().filter(line -> line.startsWith("///")).count() >= 2;
            if (!says || !text.contains("@NullMarked")) {
                silent.add(Sources.name(folder));
            }
        }
        assertThat(silent).as("packages without a telling, null-marked package-info").isEmpty();
    }

    /// A golden case that no test names would pass for ever.
    @Test
    void noGoldenFolderIsOrphaned() {
        StringBuilder tests = new StringBuilder();
        Sources.java(Sources.TEST).forEach(file -> tests.append(Sources.text(file)));
        assertThat(orphans(Sources.SERVER.resolve("src/test/golden"), tests.toString())).isEmpty();
    }

    @Test
    void noDisabledTests() {
        List<String> disabled = new ArrayList<>();
        for (Path file : Sources.java(Sources.TEST)) {
            if (Sources.text(file).contains("@Disab" + "led")) {
                disabled.add(Sources.name(file));
            }
        }
        assertThat(disabled).isEmpty();
    }

    @Test
    void eachRuleCanFail() {
        assertThat(rules("class A {\n" + " // x\n".repeat(600) + "}")).contains("file");
        assertThat(rules("class A { void m() {\n" + " int i;\n".repeat(70) + "} }"))
                .contains("method");
        assertThat(rules("class A { } // TO" + "DO later")).contains("marker");
        assertThat(rules("class RowUtil { }")).contains("name");
        assertThat(rules("class A { void m() { try { m(); } catch (Exception e) { } } }"))
                .contains("catch");
        assertThat(rules("class A { String q = \"select a from b where c\"; }")).contains("sql");
        assertThat(rules("class A { String q = \"\"\"\n delete from b\n \"\"\"; }"))
                .contains("sql");
        assertThat(rules("class Fine { String s = \"Select a file from disk\".strip(); }"))
                .as("prose is recognised as SQL; keep such texts out of constants")
                .contains("sql");
        assertThat(rules("class Fine { void m() { } }")).isEmpty();
    }

    private static Map<String, String> texts(Path root) {
        Map<String, String> texts = new LinkedHashMap<>();
        Sources.java(root).forEach(file -> texts.put(Sources.name(file), Sources.text(file)));
        return texts;
    }

    private static String line(String name, TidyRules.Fault fault) {
        return name + ":" + fault.line() + ": " + fault.rule() + ": " + fault.what();
    }

    private static List<String> rules(String source) {
        return TidyRules.check("A.java", source).stream().map(TidyRules.Fault::rule).toList();
    }

    private static boolean isSqlAtHome(TidyRules.Fault fault, String name) {
        return fault.rule().equals("sql")
                && SQL_HOMES.stream()
                        .anyMatch(home -> name.startsWith(home) || name.endsWith(home));
    }

    private static Set<String> allExceptions() {
        Set<String> all = new TreeSet<>();
        EXCEPT.forEach((rule, files) -> files.forEach(file -> all.add(rule + " " + file)));
        return all;
    }

    private static boolean holdsTypes(Path folder) {
        return Sources.java(folder).stream()
                .anyMatch(file ->
                        folder.equals(file.getParent()) && !file.endsWith("package-info.java"));
    }

    private static List<String> orphans(Path golden, String tests) {
        return Sources.folders(golden).stream()
                .filter(folder -> golden.equals(folder.getParent()))
                .map(folder -> String.valueOf(folder.getFileName()))
                .filter(area -> !tests.contains("\"" + area + "\""))
                .toList();
    }
}
