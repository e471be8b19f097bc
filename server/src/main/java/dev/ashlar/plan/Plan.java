package dev.ashlar.plan;

import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Routine;
import dev.ashlar.catalog.Table;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Arguments;
import dev.ashlar.intent.Conflict;
import dev.ashlar.intent.Page;
import dev.ashlar.intent.RowSet;
import dev.ashlar.predicate.Predicate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Resolved work for a database. `node` is what is read, or what is answered of the rows that were
/// written.
public sealed interface Plan {

    ReadNode node();

    Answer answer();

    /// An estimated count is exact for up to `exactUpTo` rows.
    record Read(ReadNode node, Answer answer, @Nullable Seek seek, long exactUpTo)
            implements Plan {}

    /// Goes on behind a row: `after` is true of what follows it, `keys` name the sort keys, whose
    /// values the last row of the answer leaves for the next.
    record Seek(Predicate after, List<String> keys) {}

    record Insert(
            Table table,
            RowSet rows,
            List<Column> columns,
            @Nullable Upsertion upsertion,
            ReadNode node,
            Answer answer)
            implements Plan {}

    /// `match` are the columns by which each of the given rows finds its own; empty when there is
    /// one for all.
    record Update(
            Table table,
            RowSet rows,
            List<Column> columns,
            List<Column> match,
            Scope scope,
            ReadNode node,
            Answer answer,
            @Nullable Long maxAffected)
            implements Plan {}

    /// Insert or replace the one row that `where` (equality on the whole primary key) names.
    record Put(
            Table table,
            RowSet rows,
            List<Column> columns,
            Upsertion upsertion,
            Predicate where,
            ReadNode node,
            Answer answer)
            implements Plan {}

    record Delete(
            Table table, Scope scope, ReadNode node, Answer answer, @Nullable Long maxAffected)
            implements Plan {}

    /// `given` are the arguments that are passed, in the order of the routine's.
    record Call(
            Routine routine,
            List<Routine.Argument> given,
            Arguments arguments,
            boolean readOnly,
            ReadNode node,
            Answer answer,
            @Nullable Long maxAffected)
            implements Plan {}

    /// Which rows are written: those for which `where` holds and, where there is a choice, that it
    /// takes.
    record Scope(Predicate where, @Nullable Choice choice) {}

    /// A page of the rows in an order; `key` are the columns that tell them apart.
    record Choice(List<Column> key, List<ReadNode.Sort> order, Page page) {}

    /// How a row that is there already is treated: `key` are the columns of the unique key.
    record Upsertion(Conflict.Resolution resolution, List<Column> key) {}
}
