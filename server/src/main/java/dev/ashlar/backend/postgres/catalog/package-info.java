/// Reads what a PostgreSQL database holds into an immutable [dev.ashlar.catalog.Catalog].
///
/// In: an address and the exposed schemas; out: one catalog per load. Rows of the system catalogs
/// come from the `.sql` resources in one read-only snapshot ([CatalogLoader]); after the first load
/// only of what changed ([Prints], [Changes]). Relationships, also through views and junctions, are
/// worked out here in memory ([Holdings]). Needs no privileges beyond logging in and takes no lock
/// that a request would wait for.
///
/// Requests, plans and rows of user tables must never enter.
@NullMarked
package dev.ashlar.backend.postgres.catalog;

import org.jspecify.annotations.NullMarked;
