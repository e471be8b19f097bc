package dev.ashlar.face.rest;

import dev.ashlar.config.Setting;
import java.util.List;

/// The section `rest`: the data API.
public record RestConfig(
        @Setting(
                        def = "public",
                        doc = "Schemas that the data API serves; the first is the default.")
                List<String> schemas,
        @Setting(
                        def = "1000",
                        doc = "Most rows that one answer, and each level embedded in it, may hold.")
                long maxRows) {

    public RestConfig {
        if (schemas.isEmpty()) {
            throw new IllegalArgumentException("rest.schemas must name at least one schema");
        }
        if (maxRows < 1) {
            throw new IllegalArgumentException("rest.max-rows must be at least 1");
        }
    }
}
