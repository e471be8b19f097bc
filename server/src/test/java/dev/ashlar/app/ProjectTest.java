package dev.ashlar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
    @TempDir Path folder;
    private Path home;
    private Path working;

    @BeforeEach
    void makeFolders() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        working = Files.createDirectories(folder.resolve("work"));
    }

    @Test
    void aFolderWithoutAnythingServesTheHome() {
        Project project = Project.locate(home, working, Optional.empty());
        assertThat(project.folder()).isEqualTo(home);
        assertThat(project.configFile()).isEmpty();
        assertThat(project.newMigrations()).isEqualTo(working.resolve("migrations"));
    }

    @Test
    void migrationsOrAConfigFileMakeAProject() throws IOException {
        Files.createDirectory(working.resolve("migrations"));
        assertThat(Project.locate(home, working, Optional.empty()).folder()).isEqualTo(working);
        Files.delete(working.resolve("migrations"));
        Path file = Files.writeString(working.resolve("ashlar.yaml"), "");
        Project project = Project.locate(home, working, Optional.empty());
        assertThat(project.folder()).isEqualTo(working);
        assertThat(project.configFile()).contains(file);
    }

    @Test
    void aNamedFileDecides() {
        Path file = folder.resolve("elsewhere/my.yaml");
        Project project =
                Project.locate(home, working, Optional.of(Path.of("../elsewhere/my.yaml")));
        assertThat(project.folder()).isEqualTo(folder.resolve("elsewhere"));
        assertThat(project.configFile()).contains(file);
    }

    @Test
    void anExampleIsFoundOrTheKnownOnesAreListed() throws IOException {
        Files.createDirectories(home.resolve("examples/todo-list/migrations"));
        Files.createDirectories(home.resolve("examples/notes"));
        Project project = Project.locate(home, working, Optional.empty());
        assertThat(Site.ofExample(project, "todo-list").migrations())
                .isEqualTo(home.resolve("examples/todo-list/migrations"));
        assertThatThrownBy(() -> Site.ofExample(project, "todolist"))
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> {
                            assertThat(failure).hasMessageContaining("Did you mean todo-list?");
                            assertThat(failure.advice()).isEqualTo("There are: todo-list");
                        });
        assertThatThrownBy(() -> Site.ofExample(project, "../work"))
                .isInstanceOf(StartFailure.class);
    }
}
