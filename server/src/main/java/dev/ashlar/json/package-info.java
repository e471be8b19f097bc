/// JSON as immutable values: the only importer of the JSON library.
///
/// In: text that a caller or a file gave. Out: [JsonValue] trees and compact text. Rows of the data
/// API do not pass through here: they are JSON already when they leave the database.
@NullMarked
package dev.ashlar.json;

import org.jspecify.annotations.NullMarked;
