package dev.ashlar.plan;

import dev.ashlar.catalog.Relationship;
import dev.ashlar.intent.SelectItem.Join;
import dev.ashlar.intent.SelectItem.Placement;

/// Related rows inside each row of the outer node, reached by `relationship`, answered under
/// `name`.
public record Embed(
        String name, Relationship relationship, Join join, Placement placement, ReadNode node) {
    public boolean toOne() {
        return relationship.cardinality().toOne();
    }
}
