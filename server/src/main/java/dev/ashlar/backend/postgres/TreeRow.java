package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.Level.Join;
import dev.ashlar.backend.postgres.json.TreeShape;
import dev.ashlar.backend.postgres.json.TreeShape.Member;
import dev.ashlar.plan.ReadNode.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What one row of a level brings, in the order in which it is written.
record TreeRow(List<Part> parts) {

    /// `column` numbers what the level's SELECT has, in any order.
    sealed interface Part {
        Member member();
    }

    record Field(String name, int column, Value value, ValueForm form) implements Part {
        @Override
        public Member member() {
            return new TreeShape.Value(name, form.kind());
        }
    }

    /// The row of a to-one embed, as columns of the row around it; `column` tells whether there is
    /// one.
    record One(String name, int column, Join join, TreeRow row) implements Part {
        @Override
        public Member member() {
            return new TreeShape.One(name, row.members());
        }
    }

    /// The rows of a to-many embed: level `number`. `origins` are the columns of the row around it
    /// by which they are found.
    record Many(String name, int number, Map<String, Integer> origins, Join join, TreeRow row)
            implements Part {
        @Override
        public Member member() {
            return new TreeShape.Many(name, row.members());
        }
    }

    List<Member> members() {
        return parts.stream().map(Part::member).toList();
    }

    /// The numbers of all columns that its SELECT has.
    Stream<Integer> columns() {
        return parts.stream()
                .flatMap(part ->
                        switch (part) {
                            case Field field -> Stream.of(field.column());
                            case One one ->
                                    Stream.concat(Stream.of(one.column()), one.row().columns());
                            case Many many -> many.origins().values().stream();
                        });
    }

    /// How many of them are sent.
    int width() {
        int width = 0;
        for (Part part : parts) {
            width +=
                    switch (part) {
                        case Field _ -> 1;
                        case One one -> 1 + one.row().width();
                        case Many _ -> 0;
                    };
        }
        return width;
    }

    /// The arrays inside a row of the level, those inside its to-one embeds among them.
    List<Many> arrays() {
        return parts.stream()
                .flatMap(part ->
                        switch (part) {
                            case Field _ -> Stream.<Many>empty();
                            case One one -> one.row().arrays().stream();
                            case Many many -> Stream.of(many);
                        })
                .toList();
    }

    /// Of the rows of this level and all inside it.
    int widest() {
        return Math.max(
                width(), arrays().stream().mapToInt(many -> many.row().widest()).max().orElse(0));
    }

    int narrowest() {
        return Math.min(
                width(),
                arrays().stream()
                        .mapToInt(many -> many.row().narrowest())
                        .min()
                        .orElse(Integer.MAX_VALUE));
    }

    /// Of all SELECTs, that with the most columns.
    int mostColumns() {
        int own = (int) columns().count();
        int inside = arrays().stream().mapToInt(many -> many.row().mostColumns()).max().orElse(0);
        return Math.max(own, inside);
    }
}
