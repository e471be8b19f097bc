/// The composition root: the one place that names every part, makes them by plain constructor calls
/// and starts and stops them in order.
///
/// In: a [Config] of all sections and the folders of a run ([Project]). Out: a running server. No
/// logic of any part belongs here; a part that needs another gets it as a constructor argument.
@NullMarked
package dev.ashlar.app;

import org.jspecify.annotations.NullMarked;
