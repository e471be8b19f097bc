/// Describes the data API to programs: a document made from the catalog, in OpenAPI 2.0 as
/// PostgREST documents its own ("OpenAPI"), or in OpenAPI 3.1.
///
/// In: a catalog and for whom it is described. Out: JSON. Nothing of requests or the database may
/// enter.
@NullMarked
package dev.ashlar.face.rest.openapi;

import org.jspecify.annotations.NullMarked;
