/// Files of users as other systems export them, read into one form.
///
/// In: the text of a CSV file, of a dump of Supabase's tables, or of a JSON export of Firebase.
/// Out: users to be made, each with the place in the file it came from, or what is wrong there.
///
/// No database.
@NullMarked
package dev.ashlar.auth.transfer;

import org.jspecify.annotations.NullMarked;
