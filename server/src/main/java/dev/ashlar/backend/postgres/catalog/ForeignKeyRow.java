package dev.ashlar.backend.postgres.catalog;

import java.util.List;

/// A foreign key between tables of any schema; columns by number, pairwise.
record ForeignKeyRow(
        String name,
        long origin,
        List<Integer> originColumns,
        long target,
        List<Integer> targetColumns) {}
