package dev.ashlar.app;

import java.nio.file.Path;
import java.util.Optional;

/// What is served beside the APIs: the application's migrations, and an example's page.
///
/// @param example empty for an application of the user's
public record Site(Path migrations, Optional<Example> example) {

    /// The project's own `migrations/`.
    public static Site of(Project project) {
        return new Site(project.migrations(), Optional.empty());
    }

    /// An example of the folder `examples/`; throws a [StartFailure] when there is none of the
    /// name.
    public static Site ofExample(Project project, String name) {
        Example example = Example.require(project.home(), name);
        return new Site(example.migrations(), Optional.of(example));
    }

    /// What the application's database may expose, reviewed with its migrations.
    public Path exposureFile() {
        return migrations.resolveSibling("exposure.yaml");
    }

    /// The name of the example, for people.
    public Optional<String> findName() {
        return example.map(Example::name);
    }
}
